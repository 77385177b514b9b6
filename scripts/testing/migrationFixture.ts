import type { ISql, Sql } from 'postgres'
import { advanceRun } from '../../src/features/tags/migration/advanceRun.ts'
import { createMigrationClient } from '../../src/features/tags/migration/migrationClient.ts'
import { MigrationRunner } from '../../src/features/tags/migration/migrationRunner.ts'
import type { MigrationConfig } from '../../src/features/tags/migration/types.ts'
import type { TestDatabase } from './testDatabase.ts'

export type Themes = (string | null)[] | null

/** Every kind of themes that people left: none, several spellings, compounds, typing errors, far too long ones. */
export const MESSY: Themes[] = [
  null,
  [],
  ['Grace'],
  ['grace', ' GRACE ', 'Grace'],
  ['Xmas', null, ''],
  ['   '],
  ['Grace/Mercy'],
  ['praise; joy'],
  ['Thanksgivng'],
  ['---'],
  ['x'.repeat(120)],
  ['Café', 'Cafe\u0301'],
  ['hip-hop', 'hip hop', 'hiphop'],
  ['Lent', 'Lend'],
  ['NULL', '"quoted"', 'back\\slash', '{brace}', 'com,ma'],
]

/** A runner against a test database; waits are short, everything else as the command's defaults. */
export function runnerFor(
  database: Pick<TestDatabase, 'apiUrl' | 'secretKey' | 'fetch'>,
  config: Partial<MigrationConfig> = {},
  fetchImplementation: typeof fetch = database.fetch,
): MigrationRunner {
  const client = createMigrationClient(database.apiUrl, database.secretKey, fetchImplementation)
  return new MigrationRunner(client, {
    batchSize: 100,
    maxRetries: 3,
    retryDelayMs: 1,
    validateChecksum: true,
    dryRun: false,
    profile: 'polite',
    fuzzy: 'review',
    unfinished: 'resume-if-idle',
    rollbackOnFailure: false,
    // One call at a time, so that a test can say what happens between two.
    workers: 1,
    errorLimits: { atLeast: 20, share: 0.5 },
    worker: 'test',
    ...config,
  })
}

/** The database's fetch; it does something after each answer of this function, and waits for that. */
export function fetchAnd(
  database: TestDatabase,
  name: string,
  act: (answers: number) => unknown,
): typeof fetch {
  let answers = 0
  return async (input, init) => {
    const response = await database.fetch(input, init)
    const url = input instanceof Request ? input.url : String(input)
    if (url.endsWith(`/rpc/${name}`)) {
      answers += 1
      await act(answers)
    }
    return response
  }
}

interface BatchArguments {
  p_limit: number
  p_most?: number
  p_budget_ms?: number
}

/** Asks for other batches than the engine does. */
export function changeBatches(
  inner: typeof fetch,
  change: (asked: BatchArguments) => Partial<BatchArguments>,
): typeof fetch {
  return (input, init) => {
    const url = String(input instanceof Request ? input.url : input)
    if (!url.endsWith('/rpc/tag_migration_batch') || typeof init?.body !== 'string') return inner(input, init)
    const asked = JSON.parse(init.body)
    return inner(input, { ...init, body: JSON.stringify({ ...asked, ...change(asked) }) })
  }
}

/** Starts a run and leaves it at that, under way and with no song done. */
export async function startRun(database: TestDatabase): Promise<void> {
  const stop = new AbortController()
  const stopping = fetchAnd(database, 'tag_migration_start', () => stop.abort())
  const client = createMigrationClient(database.apiUrl, database.secretKey, stopping)
  await advanceRun(client, { worker: 'test', start: true, resume: false, signal: stop.signal })
}

/** Adds songs with these themes. @returns their ids, in the order given */
export async function addSongs(sql: ISql, songs: readonly Themes[]): Promise<string[]> {
  const ids: string[] = []
  for (let from = 0; from < songs.length; from += 500) {
    const rows = songs.slice(from, from + 500).map((themes, index) => ({ n: from + index, themes }))
    const inserted = await sql<{ id: string; n: number }[]>`
      insert into public.songs (title, themes)
      select 'Song ' || (r.value ->> 'n'),
        case when r.value -> 'themes' = 'null' then null
          else array(
            select e.value from jsonb_array_elements_text(r.value -> 'themes') with ordinality as e (value, place) order by e.place
          ) end
      from jsonb_array_elements(${sql.json(rows)}) as r (value)
      returning id, substr(title, 6)::integer as n`
    for (const row of inserted) ids[row.n] = row.id
  }
  return ids
}

/** Songs that nobody has digested although a run stands, as after a fault: others are synced as they come. */
export function addUnsyncedSongs(sql: Sql, songs: readonly Themes[]): Promise<string[]> {
  return sql.begin(async (transaction) => {
    await transaction`select set_config('tag_migration.engine', 'on', true)`
    return addSongs(transaction, songs)
  })
}

/** Each song's themes, as Postgres writes them: NULL, `{}`, order, blanks and NULL elements show. */
export async function themesBySong(sql: Sql): Promise<Map<string, string | null>> {
  const rows = await sql<{ id: string; themes: string | null }[]>`
    select id, themes::text as themes from public.songs order by id`
  return new Map(rows.map((row) => [row.id, row.themes]))
}

/** Each song's tag names, sorted; songs without tags are left out. */
export async function tagsBySong(sql: Sql): Promise<Map<string, string[]>> {
  const rows = await sql<{ song_id: string; names: string[] }[]>`
    select l.song_id, array_agg(t.name order by t.name collate "C") as names
    from public.song_tags as l join public.tags as t on t.id = l.tag_id group by l.song_id order by l.song_id`
  return new Map(rows.map((row) => [row.song_id, row.names]))
}
