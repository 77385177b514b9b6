import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  addSongs,
  changeBatches,
  fetchAnd,
  runnerFor,
  startRun,
} from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { type Advance, type AdvanceOptions, advanceRun } from './advanceRun.ts'
import { ChunkSizer } from './chunkSizer.ts'
import { createMigrationClient } from './migrationClient.ts'

let database: TestDatabase

beforeEach(async () => {
  database = await createTestDatabase()
})
afterEach(() => database.drop())

interface Wish extends Partial<AdvanceOptions> {
  fetch?: typeof fetch
}

function advance({ fetch = database.fetch, ...wish }: Wish = {}): Promise<Advance> {
  // Time enough for a chunk, however slow the machine is.
  const unhurried = changeBatches(fetch, () => ({ p_budget_ms: 60_000 }))
  const client = createMigrationClient(database.apiUrl, database.secretKey, unhurried)
  const signal = new AbortController().signal
  return advanceRun(client, { worker: 'edge', start: false, resume: false, signal, ...wish })
}

/** Whose time is over once this function of the engine has answered so often. */
function untilAnswer(name: string, last = 1): Pick<Wish, 'fetch' | 'signal'> {
  const stop = new AbortController()
  return {
    signal: stop.signal,
    fetch: fetchAnd(database, name, (answers) => answers === last && stop.abort()),
  }
}

const songs = (count: number) =>
  addSongs(
    database.sql,
    Array.from({ length: count }, (_, n) => [`Theme ${n % 7}`]),
  )

describe('advanceRun', () => {
  test('without a run does nothing', async () => {
    await songs(3)
    expect(await advance()).toEqual({ outcome: 'nothing-to-do', again: false, run: null })
  })

  test('asked to start where nothing is left does nothing', async () => {
    expect(await advance({ start: true })).toEqual({ outcome: 'nothing-to-do', again: false, run: null })
  })

  test('does not start what it has no time to plan, and writes nothing', async () => {
    await songs(3)
    const answer = await advance({ start: true, ...untilAnswer('tag_migration_survey') })
    expect(answer).toMatchObject({
      outcome: 'not-started',
      again: false,
      advice: expect.stringContaining('npm run'),
    })
    expect(await database.sql`select from tag_migration.plan`).toHaveLength(0)
  })

  test('ends after the batch in which its time is over', async () => {
    await songs(250)
    await startRun(database)
    const answer = await advance(untilAnswer('tag_migration_batch'))
    expect(answer).toMatchObject({
      outcome: 'working',
      again: true,
      run: { status: 'running', songs: 100, batches: 1 },
    })
    expect(await database.sql`select from tag_migration.batch where not is_folded`).toHaveLength(0)
  })

  test('a wide window over songs that are done takes no more than a chunk of those that are not', async () => {
    await songs(1000)
    await startRun(database)
    await advance(untilAnswer('tag_migration_batch'))
    await database.sql`
      select public.tag_migration_batch(r.id, r.epoch, 450, '00000000-0000-0000-0000-000000000000', 'other')
      from tag_migration.run as r`
    expect(await advance()).toMatchObject({ outcome: 'complete', run: { songs: 1000 } })
    const batches = await database.sql<{ worker: string; most: number }[]>`
      select worker, max(songs) as most from tag_migration.batch group by worker order by worker`
    expect([...batches]).toEqual([
      { worker: 'edge', most: 100 },
      { worker: 'other', most: 350 },
    ])
  })

  test('a validation in many calls looks at nothing twice, and gives the certificate of one in a single call', async () => {
    await songs(120)
    const whole = await runnerFor(database).run()
    await runnerFor(database).rollbackManager.rollback(null, true, {
      worker: 'test',
      sizer: new ChunkSizer('quiet'),
    })
    const asked = new Map<string, number>()
    const counting: typeof fetch = (input, init) => {
      const name =
        String(input instanceof Request ? input.url : input)
          .split('/')
          .at(-1) ?? ''
      asked.set(name, (asked.get(name) ?? 0) + 1)
      return database.fetch(input, init)
    }
    await startRun(database)
    const outcomes: string[] = []
    let answer: Advance
    do {
      const stop = new AbortController()
      answer = await advance({
        signal: stop.signal,
        fetch: async (input, init) => {
          const response = await counting(input, init)
          // After each thing that is kept, the time is over.
          if (String(input).endsWith('tag_migration_keep_answer')) stop.abort()
          return response
        },
      })
      outcomes.push(answer.outcome)
    } while (answer.again)
    expect(outcomes.length).toBeGreaterThan(4)
    expect(answer).toMatchObject({ outcome: 'complete', run: { certificate: whole.certificate } })
    const looks = [...asked].filter(([name]) => /validate|chunks/.test(name))
    expect(looks.length).toBeGreaterThan(3)
    expect(asked.get('tag_migration_validate_songs')).toBe(1)
    expect(asked.get('tag_migration_validate_live')).toBe(1)
    expect(await database.sql`select from tag_migration.kept_answer`).toHaveLength(0)
  })

  test('what was kept says nothing any more once the run has done anything else, or a quarter of an hour later', async () => {
    const [song] = await songs(20)
    await startRun(database)
    await advance(untilAnswer('tag_migration_keep_answer', 3))
    const keep = database.sql`select from tag_migration.kept_answer`
    expect((await keep).length).toBe(3)
    await database.sql`update tag_migration.kept_answer set at = at - interval '16 minutes'`
    // Nothing notices this but a look at the song itself.
    await database.sql`alter table public.song_tags disable trigger user`
    await database.sql`delete from public.song_tags where song_id = ${song ?? ''}`
    const answer = await advance()
    expect(answer).toMatchObject({ outcome: 'failed', again: false, run: { status: 'failed' } })
    expect(answer.checks?.map(({ name }) => name)).toContain("every song's links and state follow its themes")
    expect(await database.sql`select from tag_migration.kept_answer`).toHaveLength(0)
  })

  test('a failed run stays failed until a person resumes it', async () => {
    await songs(5)
    await startRun(database)
    await database.sql`select public.tag_migration_transition(r.id, r.epoch, 'failed') from tag_migration.run as r`
    expect(await advance({ start: true })).toMatchObject({
      outcome: 'failed',
      again: false,
      run: { songs: 0 },
    })
    expect(await advance({ resume: true })).toMatchObject({ outcome: 'complete', run: { songs: 5 } })
  })

  test('taken over by somebody else, it stops; the next call joins that one', async () => {
    await songs(250)
    await startRun(database)
    const takeOver = fetchAnd(database, 'tag_migration_batch', (answers) =>
      answers === 1
        ? database.sql`select public.tag_migration_resume(r.id, 'Anna') from tag_migration.run as r`
        : null,
    )
    expect(await advance({ fetch: takeOver })).toMatchObject({
      outcome: 'taken-over',
      again: true,
      message: 'Anna took it over.',
      run: { songs: 100 },
    })
    expect(await advance()).toMatchObject({ outcome: 'complete', run: { songs: 250 } })
    const events = await database.sql`select from tag_migration.run_event where epoch > 2`
    expect(events).toHaveLength(0)
  })

  test('a run that is being rolled back is left alone', async () => {
    await songs(5)
    await startRun(database)
    await advance(untilAnswer('tag_migration_batch'))
    await database.sql`select public.tag_migration_transition(r.id, r.epoch, 'rolling_back') from tag_migration.run as r`
    expect(await advance({ start: true, resume: true })).toMatchObject({
      outcome: 'rolling-back',
      again: false,
    })
  })

  test('what may pass is for a later call; the run goes on', async () => {
    await songs(5)
    await startRun(database)
    const answer = await advance({
      fetch: async (input, init) =>
        String(input).endsWith('tag_migration_batch')
          ? Response.json({ message: 'Later' }, { status: 503, headers: { 'retry-after': '0' } })
          : database.fetch(input, init),
    })
    expect(answer).toMatchObject({ outcome: 'try-later', again: true })
    expect(await advance()).toMatchObject({ outcome: 'complete' })
  })

  test('what does not pass fails the run, and says what to do', async () => {
    await songs(5)
    await startRun(database)
    const answer = await advance({
      fetch: async (input, init) =>
        String(input).endsWith('tag_migration_batch')
          ? Response.json({ message: 'Gone', code: '42883' }, { status: 404 })
          : database.fetch(input, init),
    })
    expect(answer).toMatchObject({ outcome: 'failed', again: false, run: { status: 'failed' } })
    expect(answer.advice).toContain('supabase/migrations')
  })
})
