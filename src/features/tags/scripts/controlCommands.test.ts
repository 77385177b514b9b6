import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type CommandProcess, startCommand } from '../../../../scripts/testing/commandProcess.ts'
import { controlOf, forgetRuns } from '../../../../scripts/testing/controlFixture.ts'
import { closeGate, type Gate } from '../../../../scripts/testing/gate.ts'
import { migrateInProcess } from '../../../../scripts/testing/migrateInProcess.ts'
import { addSongs } from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'

let database: TestDatabase
let gate: Gate | undefined
beforeAll(async () => {
  database = await createTestDatabase({ http: true })
})
afterAll(() => database.drop())
beforeEach(() =>
  addSongs(
    database.sql,
    Array.from({ length: 300 }, (_, n) => ['Praise', `Own ${n % 5}`]),
  ),
)
afterEach(async () => {
  await gate?.remove()
  gate = undefined
  await forgetRuns(database)
})

const environment = () => ({ SUPABASE_URL: database.apiUrl, SUPABASE_SECRET_KEY: database.secretKey })
const start = (...args: string[]): CommandProcess =>
  startCommand('src/features/tags/scripts/migrate.ts', args, environment())
/** At another terminal. */
const there = (...args: string[]) => migrateInProcess(args, environment())

/** A migration in a process of its own that has a batch under way. */
async function underWay(...args: string[]): Promise<CommandProcess> {
  gate = await closeGate(database.sql, 'tag_migration.song_state')
  const migrate = start('--batch-size', '50', '--workers', '1', ...args)
  await gate.reached()
  return migrate
}

/** Stops the process where it is, as a laptop that is closed does. */
async function freeze({ child }: CommandProcess): Promise<void> {
  child.kill('SIGSTOP')
  await gate?.open()
}

/** The batch that was under way when its process was stopped: all of it, or a part when its time was over. */
const written = async () => {
  const [row] = await database.sql<{ batches: number; states: number }[]>`
    select (select count(*)::integer from tag_migration.batch) as batches,
      (select count(*)::integer from tag_migration.song_state) as states`
  if (!row) throw new Error('Nothing was read.')
  return row
}

describe('a worker that wakes up', () => {
  it('after the run was paused is refused, says by whom, and how to go on', async () => {
    const migrate = await underWay('--json')
    await freeze(migrate)
    const paused = await there('--pause')
    expect(paused).toMatchObject({ exitCode: 0, json: { phase: 'paused', already: false, errors: [] } })
    const before = await written()
    expect(before).toMatchObject({ batches: 1 })
    migrate.child.kill('SIGCONT')
    const ended = await migrate.ended
    expect(ended.code).toBe(1)
    expect(ended.stderr).toMatch(/The run was paused by .*; everything done is saved\. Go on with: npm run/)
    expect(JSON.parse(ended.stdout)).toMatchObject({
      phase: 'paused',
      processedCount: before.states,
      totalCount: 300,
      errors: [{ songId: 'system', context: { code: 'paused' }, recoverable: true }],
    })
    expect(await written()).toEqual(before)
    expect(await there('--resume')).toMatchObject({ exitCode: 0, json: { processedCount: 300 } })
  })

  it('after it was cancelled is refused, and what it did stays', async () => {
    const migrate = await underWay('--json')
    await freeze(migrate)
    expect(await there('--cancel')).toMatchObject({ exitCode: 0, json: { phase: 'cancelled' } })
    const before = await written()
    migrate.child.kill('SIGCONT')
    const ended = await migrate.ended
    expect(ended.code).toBe(3)
    expect(ended.stderr).toMatch(/The run was cancelled by .*; what it did stays\./)
    expect(JSON.parse(ended.stdout)).toMatchObject({
      phase: 'cancelled',
      processedCount: before.states,
    })
    expect(await written()).toEqual(before)
    expect(await there()).toMatchObject({
      exitCode: 0,
      json: { phase: 'complete', processedCount: 300 - before.states },
    })
  })

  it('after it was taken over, and even ended by another, is refused', async () => {
    const migrate = await underWay()
    await freeze(migrate)
    expect(await there('--resume')).toMatchObject({ exitCode: 0, json: { phase: 'complete' } })
    const before = await written()
    migrate.child.kill('SIGCONT')
    const ended = await migrate.ended
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('The run was taken over by ') })
    expect(await written()).toEqual(before)
  })

  it('after it was paused and resumed is refused by the epoch, though the run goes on', async () => {
    const migrate = await underWay()
    await freeze(migrate)
    await there('--pause')
    await database.sql`select public.tag_migration_resume(id, 'the next one') from tag_migration.run`
    const before = await written()
    migrate.child.kill('SIGCONT')
    const ended = await migrate.ended
    expect(ended).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('The run was taken over by the next one; it is running now.'),
    })
    expect(await written()).toEqual(before)
  })
})

describe('two terminals', () => {
  it('a second migrate says what is running and how to join; --join does, and both end well', async () => {
    const first = await underWay('--json')
    const busy = await there()
    expect(busy.exitCode).toBe(1)
    expect(busy.failure).toMatch(
      /^Run \S+ is at work: .*, 0 of 300 songs\. Let it end, join it with: npm run migrate -- --join/,
    )
    const second = start('--join', '--workers', '4', '--max-retries', '100')
    await second.prints('Joining run')
    await gate?.open()
    const [one, two] = await Promise.all([first.ended, second.ended])
    expect([one.code, two.code]).toEqual([0, 0])
    const { certificate } = JSON.parse(one.stdout) as { certificate: string }
    expect(two.stdout).toContain(certificate)
    expect((await there('--status')).json).toMatchObject({
      phase: 'complete',
      processedCount: 300,
      workers: [expect.anything(), expect.anything()],
    })
  })

  it('Ctrl-C in the one that joined leaves the run to the other', async () => {
    const first = await underWay()
    const second = start('--join', '--max-retries', '100')
    await second.prints('Joining run')
    second.child.kill('SIGINT')
    await second.prints('Leaving after this batch')
    await gate?.open()
    const [one, two] = await Promise.all([first.ended, second.ended])
    expect(one.code).toBe(0)
    expect(two).toMatchObject({ code: 130, stdout: expect.stringMatching(/the run goes on|Stopped/) })
  })
})

describe('--status', () => {
  it('says that there is no run yet', async () => {
    const none = await there('--status')
    expect(none).toMatchObject({ exitCode: 0, json: { runId: null, phase: 'none' } })
    expect(none.screen).toContain('There is no run yet')
  })

  it('--watch follows the run until it ends, a line at a time in a log', async () => {
    const migrate = await underWay()
    const watch = start('--status', '--watch', '--all', '--json')
    await watch.prints('0 of 300 songs (0%), 1 worker')
    await gate?.open()
    await migrate.ended
    const ended = await watch.ended
    expect(ended.code).toBe(0)
    expect(ended.stderr).toMatch(/Events .*preparing/)
    const answer: unknown = JSON.parse(ended.stdout)
    expect(answer).toMatchObject({
      phase: 'complete',
      processedCount: 300,
      waitingFor: null,
      retries: 0,
      certificate: expect.stringMatching(/^[0-9a-f]{64}$/),
      events: ['preparing', 'running', 'validating', 'complete'].map((to) =>
        expect.objectContaining({ to, reason: expect.any(String), at: expect.any(String) }),
      ),
      runs: [expect.objectContaining({ status: 'complete', songs: 300 })],
      errors: [],
    })
  })

  it('--watch ends by Ctrl-C, and the run goes on', async () => {
    const migrate = await underWay()
    const watch = start('--watch')
    await watch.prints('0 of 300 songs')
    watch.child.kill('SIGINT')
    expect(await watch.ended).toMatchObject({
      code: 130,
      stdout: expect.stringContaining('Stopped watching; the run goes on.'),
    })
    await gate?.open()
    expect((await migrate.ended).code).toBe(0)
  })

  it('says who paused it, and that nobody works on a run whose worker is gone', async () => {
    const migrate = await underWay()
    migrate.child.kill('SIGKILL')
    await migrate.ended
    await gate?.open()
    await database.sql`update tag_migration.worker set seen_at = seen_at - interval '1 minute'`
    await database.sql`alter table tag_migration.run disable trigger check_transition`
    await database.sql`update tag_migration.run set changed_at = changed_at - interval '1 minute'`
    await database.sql`alter table tag_migration.run enable trigger check_transition`
    await database.sql`update tag_migration.batch set finished_at = finished_at - interval '1 minute'`
    expect((await there('--status')).json).toMatchObject({ waitingFor: 'nobody seems to work on it' })
    await controlOf(database).pause()
    const paused = await there('--status')
    expect(paused.json).toMatchObject({ phase: 'paused', waitingFor: 'paused by ada' })
    expect(paused.screen).toContain('Go on with: npm run migrate -- --resume')
  })
})

describe('nothing to stop', () => {
  it.each(['pause', 'cancel'])('--%s says so, with exit code 2', async (verb) => {
    expect(await there(`--${verb}`)).toMatchObject({
      exitCode: 2,
      failure: `There is no run to ${verb}. See the earlier ones with: npm run migrate -- --status --all`,
    })
  })
})
