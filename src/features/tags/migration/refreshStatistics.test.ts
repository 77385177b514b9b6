import type { Sql } from 'postgres'
import { describe, expect, it } from 'vitest'
import { loadSongs } from '../../../../scripts/seed/loadSongs.ts'
import { makeSongs } from '../../../../scripts/seed/makeSongs.ts'
import { withConnection } from '../../../../scripts/stack/connect.ts'
import { runnerFor } from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { statisticsAreDue } from './refreshStatistics.ts'

describe('statisticsAreDue', () => {
  it.each([
    [0, 999, false],
    [0, 1000, true],
    [999, 1001, true],
    [1000, 3999, false],
    [3900, 4100, true],
    [4000, 15_999, false],
    [15_000, 70_000, true],
    [64_000, 113_999, false],
    [64_000, 114_000, true],
    [900_000, 949_999, true],
  ])('from %d to %d songs: %s', (before, after, due) => {
    expect(statisticsAreDue(before, after)).toBe(due)
  })
})

it('a song costs no more when the tables were empty the last time the planner looked', async () => {
  const database = await createTestDatabase()
  try {
    const { sql } = database
    await loadSongs(sql, makeSongs(3000, 'statistics'), 'refuse')
    await withConnection(database.superuserUrl, (superuser) => superuser`vacuum (analyze)`)
    expect(await runnerFor(database, { batchSize: 100 }).run()).toMatchObject({ phase: 'complete' })

    await withConnection(database.superuserUrl, endServerProcesses)
    const blocks = await sql<{ index: string; blocks: number }[]>`
      select indexrelname as index, (idx_blks_hit + idx_blks_read)::integer as blocks
      from pg_catalog.pg_statio_all_indexes where relid = 'public.song_tags'::regclass`
    const read = new Map(blocks.map((row) => [row.index, row.blocks]))
    expect(read.get('song_tags_pkey')).toBeGreaterThan(3000)
    // Both grow by a row with each link; only one of them knows a song's links without being read to its end.
    expect(read.get('song_tags_tag_id_idx')).toBeLessThan(3 * (read.get('song_tags_pkey') ?? 0))
  } finally {
    await database.drop()
  }
})

/** They tell what they have read when they end, at the latest. */
async function endServerProcesses(superuser: Sql): Promise<void> {
  const ended = await superuser<{ pid: number }[]>`
    select pid, pg_terminate_backend(pid) from pg_catalog.pg_stat_activity
    where datname = current_database() and usename = 'songbook_api'`
  const pids = ended.map(({ pid }) => pid)
  let [left] = await superuser`select from pg_catalog.pg_stat_activity where pid = any (${pids})`
  while (left) [left] = await superuser`select from pg_catalog.pg_stat_activity where pid = any (${pids})`
}
