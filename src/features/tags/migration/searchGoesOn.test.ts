import type { SupabaseClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { loadSongs } from '../../../../scripts/seed/loadSongs.ts'
import { makeSongs } from '../../../../scripts/seed/makeSongs.ts'
import { SeededRandom } from '../../../../scripts/seed/seededRandom.ts'
import { fiftySearches, type Search } from '../../../../scripts/testing/fiftySearches.ts'
import { closeGate } from '../../../../scripts/testing/gate.ts'
import { fetchAnd, runnerFor } from '../../../../scripts/testing/migrationFixture.ts'
import { OldClient } from '../../../../scripts/testing/oldClient.ts'
import { rollBack, tag } from '../../../../scripts/testing/rollbackFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import type { Database } from '../../../lib/database.types.ts'
import { BatchSizer } from './batchSizer.ts'

const SONGS = 150
const BATCH = 50
const QUIET_MS = 500
/** How many of a run's batches are followed by a look. */
const BATCHES = 2

let database: TestDatabase
let leader: SupabaseClient<Database>
let searches: Search[]

const stubTheApp = () => {
  const { apiUrl, publishableKey } = database
  const configuration = { VITE_SUPABASE_URL: apiUrl, VITE_SUPABASE_PUBLISHABLE_KEY: publishableKey }
  vi.stubGlobal('document', { getElementById: () => ({ textContent: JSON.stringify(configuration) }) })
  vi.stubGlobal('fetch', database.fetch)
}

beforeAll(async () => {
  database = await createTestDatabase()
  const { sql } = database
  await loadSongs(sql, makeSongs(SONGS, 'search'), 'refuse')
  const songs = await sql<{ id: string }[]>`select id from public.songs order by id limit 24`
  for (const [index, { id }] of songs.entries())
    await tag(sql, id, ['Grace', 'Praise', 'Christmas', 'Advent'][index % 4] ?? '')
  // The app's client is made once a process, and other files' tests make it for their own database.
  vi.resetModules()
  stubTheApp()
  const app = await import('../../search/services/searchService.ts')
  leader = (await import('../../../lib/supabase.ts')).getSupabase()
  const { error } = await leader.auth.signUp({ email: 'leader@example.org', password: 'a long password' })
  if (error !== null) throw error
  const rows = await sql<{ id: string; name: string }[]>`select id, name from public.tags`
  const tags = new Map(rows.map((row) => [row.name, row.id]))
  const tagId = (name: string) => tags.get(name) ?? ''
  searches = fiftySearches({ app, anonymous: database.anonClient(), leader, tagId })
})
afterAll(async () => {
  vi.resetModules()
  await database.drop()
})
beforeEach(stubTheApp)

/** What each search finds. */
async function findAll(): Promise<Map<string, string[]>> {
  return new Map(await Promise.all(searches.map(async ({ name, find }) => [name, await find()] as const)))
}

/** Looks at everything at the points that a run comes to, and keeps what is not as it was before. */
class Watch {
  readonly points: string[] = []
  readonly problems: string[] = []
  readonly #client = new OldClient(database, leader)
  readonly #random = new SeededRandom('search goes on')
  #found = new Map<string, string[]>()
  #text = ''
  #held: Promise<void> | undefined

  /** @returns what the searches find before anything happens */
  async begin(): Promise<Map<string, string[]>> {
    this.#found = await findAll()
    this.#text = await this.#client.readOthers()
    for (let song = 0; song < 6; song += 1) await this.#client.insert()
    return this.#found
  }

  /**
   * @param isFree whether songs may be edited that the run has found: a batch may hold them, and exact rollbacks rewrite them
   * @returns what the searches find
   */
  async look(point: string, isFree: boolean): Promise<Map<string, string[]>> {
    this.points.push(point)
    try {
      if (isFree) await this.#client.edit(this.#client.oneOfItsSongs)
      await this.#client.edit(await this.#client.insert())
      const problems = await this.#client.differences()
      if ((await this.#client.readOthers()) !== this.#text) problems.push('songs that nobody touched differ')
      const found = await findAll()
      for (const [name, ids] of this.#found) {
        const lost = ids.filter((id) => !found.get(name)?.includes(id))
        if (lost.length > 0) problems.push(`${name} lost ${lost.length} songs`)
      }
      this.problems.push(...problems.map((problem) => `${point}: ${problem}`))
      return found
    } catch (error) {
      // Thrown on, it would look to the run like a lost connection.
      this.problems.push(`${point}: ${error}`)
      return new Map()
    }
  }

  /** A way to the database that stops for a look after each answer of these functions. */
  after(...names: string[]): typeof fetch {
    return names.reduce<typeof fetch>(
      (inner, name) =>
        fetchAnd({ ...database, fetch: inner }, name, async (answers) => {
          await this.#held
          // When the machine is busy, batches shrink and there are more of them.
          if (answers <= BATCHES) await this.look(`after ${name} ${answers}`, true)
        }),
      database.fetch,
    )
  }

  /** Stops for a look inside the transaction of these batches, too: the first has number 1. */
  inside(name: string, batches: number[], tables: readonly string[], outside = database.fetch): typeof fetch {
    return fetchAnd({ ...database, fetch: outside }, name, async (answers) => {
      await this.#held
      if (batches.includes(answers + 1)) await this.#holdNext(this.#random.pick(tables))
    })
  }

  async #holdNext(table: string): Promise<void> {
    const gate = await closeGate(database.sql, table)
    this.#held = gate
      .reached()
      .then(async () => {
        await this.look(`held before ${table}`, false)
      })
      .finally(() => gate.remove())
  }
}

test('searches find the same songs or more, and an old client sees no difference, forward and back', async () => {
  const watch = new Watch()
  const before = await watch.begin()
  expect(searches).toHaveLength(50)
  expect(searches.filter(({ name, isOld }) => isOld && before.get(name)?.length === 0)).toEqual([])

  const forward = watch.inside(
    'tag_migration_batch',
    [2, 3],
    ['public.song_tags', 'tag_migration.journal', 'tag_migration.batch'],
    watch.after('tag_migration_start', 'tag_migration_batch', 'tag_migration_chunks'),
  )
  expect(await migrate(forward)).toMatchObject({ phase: 'complete', errors: [] })
  const migrated = await watch.look('after the migration', true)
  // By now the new search finds what the old one does.
  for (const name of ['Grace', 'Praise', 'Christmas', 'Peace', 'Prayer', 'Joy'])
    expect(migrated.get(`tag ${name}`)).toEqual(
      expect.arrayContaining(migrated.get(`themes=cs.{"${name}"}`) ?? ['missing']),
    )

  const back = watch.inside(
    'tag_migration_rollback_batch',
    [2],
    ['tag_migration.batch'],
    watch.after('tag_migration_rollback_batch'),
  )
  expect(await takeBack(false, back)).toMatchObject({ phase: 'rolled-back' })
  await watch.look('after the rollback', true)

  await migrate(database.fetch)
  const exactlyBack = watch.inside('tag_migration_rollback_batch', [2], ['tag_migration.batch'])
  expect(await takeBack(true, exactlyBack)).toMatchObject({ phase: 'rolled-back', conflicts: [] })
  await watch.look('after the exact rollback', true)

  expect(watch.problems).toEqual([])
  expect(watch.points.filter((point) => point.startsWith('held'))).toHaveLength(4)
})

const migrate = (through: typeof fetch) =>
  runnerFor(database, { batchSize: BATCH, profile: 'quiet' }, through).run()
const takeBack = (exact: boolean, through: typeof fetch) =>
  rollBack(database, { exact, fetch: through, sizer: new BatchSizer(BATCH, QUIET_MS) })
