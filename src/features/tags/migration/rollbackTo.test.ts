import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  addSongs,
  runnerFor,
  tagsBySong,
  themesBySong,
} from '../../../../scripts/testing/migrationFixture.ts'
import { emptyDatabase, planRollback, rollBack, tag } from '../../../../scripts/testing/rollbackFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { BatchSizer } from './batchSizer.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
afterEach(() => emptyDatabase(database))

interface BatchRow {
  number: number
  first_song: string
  last_song: string
  finished_at: string
}
const batches = () =>
  database.sql<BatchRow[]>`
    select number::integer, first_song, last_song, to_json(finished_at) #>> '{}' as finished_at
    from tag_migration.batch where not is_rollback and rollback is null order by number`

/** Forty songs in several batches. @returns the ids in order, the batches and the certificate */
async function migrated() {
  const ids = await addSongs(
    database.sql,
    Array.from({ length: 40 }, (_, n) => [n % 2 ? 'Grace' : 'Own theme']),
  )
  const { certificate, runId } = await runnerFor(database, { batchSize: 10 }).run()
  return { ids: ids.toSorted(), batches: await batches(), certificate, runId }
}
const taggedSongs = async () => [...(await tagsBySong(database.sql)).keys()].toSorted()

describe('to an earlier batch', () => {
  test.each(['number', 'time'])(
    'given by its %s, the later songs go back and the run is paused; resumed, it migrates them again to the same certificate',
    async (by) => {
      const run = await migrated()
      const kept = run.batches[1]
      if (kept === undefined) throw new Error('Too few batches.')
      const stay = run.ids.filter((id) => id <= kept.last_song)
      const to = by === 'number' ? { batch: kept.number } : { time: kept.finished_at }
      const plan = await planRollback(database, { to })
      const back = await rollBack(database, { to })
      expect(back).toMatchObject({
        phase: 'partly-rolled-back',
        restoredCount: 40 - stay.length,
        linksRemoved: 40 - stay.length,
        tagsRemoved: 0,
        conflicts: [],
      })
      expect(plan).toMatchObject({
        songs: back.restoredCount,
        linksToRemove: back.linksRemoved,
        tagsToRemove: 0,
      })
      expect(await taggedSongs()).toEqual(stay)
      const { data } = await database.serviceClient.rpc('tag_migration_run')
      expect(data).toMatchObject({
        status: 'paused',
        songs: stay.length,
        certificate: null,
        finishedAt: null,
      })

      const again = await runnerFor(database, { batchSize: 10 }).run()
      expect(again).toMatchObject({
        phase: 'complete',
        runId: run.runId,
        processedCount: 40,
        certificate: run.certificate,
      })
      expect(again.checks.filter((check) => !check.ok)).toEqual([])
      expect(await taggedSongs()).toEqual(run.ids)

      expect(await rollBack(database, { exact: true })).toMatchObject({
        phase: 'rolled-back',
        restoredCount: 40,
        linksRemoved: 40,
        tagsRemoved: 1,
      })
      expect(await taggedSongs()).toEqual([])
    },
  )

  test('keeps batches by their number or time, not by where their songs lie', async () => {
    const ids = await addSongs(
      database.sql,
      Array.from({ length: 60 }, () => ['Grace']),
    )
    await runnerFor(database, { batchSize: 10, workers: 3 }).run()
    const all = await batches()
    const number = all[Math.floor(all.length / 2)]?.number ?? 0
    const stay = await database.sql<{ song_id: string }[]>`
      select song_id from tag_migration.journal where batch <= ${number} order by song_id`
    await rollBack(database, { to: { batch: number }, sizer: new BatchSizer(1, 30) })
    expect(await taggedSongs()).toEqual(stay.map((row) => row.song_id))
    expect(ids.length).toBeGreaterThan(stay.length)
  })

  test('exactly brings back only what lies after it, and the songs that stay are still in step', async () => {
    const run = await migrated()
    const kept = run.batches[0]
    if (kept === undefined) throw new Error('Too few batches.')
    const [first = ''] = run.ids
    const last = run.ids.at(-1) ?? ''
    const before = (await themesBySong(database.sql)).get(last)
    await tag(database.sql, first, 'Easter')
    await tag(database.sql, last, 'Easter')
    const back = await rollBack(database, { exact: true, to: { batch: kept.number } })
    expect(back.conflicts).toContainEqual({ kind: 'link-removed', songId: last, tag: 'Easter' })
    expect((await themesBySong(database.sql)).get(last)).toBe(before)
    expect((await tagsBySong(database.sql)).get(first)).toContain('Easter')
    await tag(database.sql, first, 'Advent')
    expect((await themesBySong(database.sql)).get(first)).toContain('Easter,Advent')
  })

  test('people’s edits in between are what the run finds when it is resumed', async () => {
    const run = await migrated()
    const last = run.ids.at(-1) ?? ''
    await rollBack(database, { to: { batch: run.batches[0]?.number ?? 0 } })
    await database.sql`update public.songs set themes = '{Hope}' where id = ${last}`
    expect((await tagsBySong(database.sql)).has(last)).toBe(false)
    const [born = ''] = await addSongs(database.sql, [['Joy']])
    const again = await runnerFor(database).run()
    expect(again).toMatchObject({ phase: 'complete' })
    expect((await tagsBySong(database.sql)).get(last)).toEqual(['Hope'])
    expect((await tagsBySong(database.sql)).get(born)).toEqual(['Joy'])
    const back = await rollBack(database, { exact: true })
    expect(back.conflicts).toEqual([])
    expect((await themesBySong(database.sql)).get(last)).toBe('{Hope}')
  })

  test('can be gone back to step by step, and each time says what it took back', async () => {
    const run = await migrated()
    const [first, second] = run.batches
    const one = await rollBack(database, { to: { batch: second?.number ?? 0 } })
    const two = await rollBack(database, { to: { batch: first?.number ?? 0 } })
    const rest = await rollBack(database)
    const counts = [one, two, rest].map((back) => back.restoredCount)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(40)
    expect(counts.every((count) => count > 0)).toBe(true)
    expect(rest).toMatchObject({ phase: 'rolled-back', tagsRemoved: 1 })
  })

  test('that is the last one, or after it, there is nothing to do, and the run stays as it is', async () => {
    const run = await migrated()
    const numbers = run.batches.map((batch) => batch.number)
    for (const to of [{ batch: numbers.at(-1) ?? 0 }, { time: '2999-01-01T00:00:00Z' }]) {
      await expect(rollBack(database, { to })).rejects.toMatchObject({
        code: 'nothing-beyond',
        advice: `Its batches are numbered ${numbers[0]} to ${numbers.at(-1)}; --to names the last one that is to stay.`,
      })
    }
    const { data } = await database.serviceClient.rpc('tag_migration_run')
    expect(data).toMatchObject({ status: 'complete', epoch: 1, certificate: run.certificate })
  })

  test('before the first takes all songs back and leaves a run that can go on', async () => {
    const run = await migrated()
    expect(await rollBack(database, { to: { time: '2000-01-01T00:00:00Z' } })).toMatchObject({
      phase: 'partly-rolled-back',
      restoredCount: 40,
    })
    expect(await taggedSongs()).toEqual([])
    expect(await runnerFor(database).run()).toMatchObject({ phase: 'complete', runId: run.runId })
  })

  test('of an older run leaves the newer one alone, and migrate goes on with the older', async () => {
    const older = await migrated()
    await database.sql`update tag_migration.sync set is_on = false`
    const [newer = ''] = await addSongs(database.sql, [['Grace']])
    expect((await runnerFor(database).run()).runId).not.toBe(older.runId)
    await rollBack(database, { runId: older.runId, to: { batch: older.batches[0]?.number ?? 0 } })
    expect(await taggedSongs()).toContain(newer)
    expect(await runnerFor(database).run()).toMatchObject({ phase: 'complete', runId: older.runId })
    expect(await taggedSongs()).toHaveLength(41)
  })
})

describe('a form that is under way', () => {
  test.each([
    { begun: { to: { batch: 0 } }, words: 'default partial', command: 'npm run rollback -- --to 0' },
    { begun: { exact: true }, words: 'exact', command: 'npm run rollback -- --exact' },
    {
      begun: { exact: true, to: { time: '2001-02-03T04:05:06Z' } },
      words: 'exact partial',
      command: 'npm run rollback -- --exact --to 2001-02-03T04:05:06+00:00',
    },
  ])(
    '$words refuses every other, also to plan it, and is finished in its own',
    async ({ begun, words, command }) => {
      await migrated()
      expect(await rollBack(database, { ...begun, signal: AbortSignal.abort() })).toMatchObject({
        phase: 'paused',
      })
      const refusal = { code: 'busy', advice: `Go on with: ${command}` }
      for (const other of [
        {},
        { exact: true, to: { batch: 0 } },
        { to: { batch: 1 } },
        { to: { time: '2002-02-03T04:05:06Z' } },
      ]) {
        await expect(rollBack(database, other)).rejects.toMatchObject({
          ...refusal,
          message: expect.stringContaining(`in its ${words} form`),
        })
        await expect(planRollback(database, other)).rejects.toMatchObject(refusal)
      }
      const plan = await planRollback(database, begun)
      expect(plan.songs).toBe(40)
      expect(await rollBack(database, begun)).toMatchObject({ restoredCount: 40 })
    },
  )
})
