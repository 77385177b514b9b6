import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type CommandProcess, type Ended, startCommand } from '../../../../scripts/testing/commandProcess.ts'
import { forgetRuns } from '../../../../scripts/testing/controlFixture.ts'
import { closeGate } from '../../../../scripts/testing/gate.ts'
import { migrateInProcess } from '../../../../scripts/testing/migrateInProcess.ts'
import {
  addSongs,
  addUnsyncedSongs,
  type Themes,
  tagsBySong,
  themesBySong,
} from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { tamper } from '../../../../scripts/testing/validationFixture.ts'

const SCRIPTS = 'src/features/tags/scripts'
const SONGS: Themes[] = Array.from({ length: 250 }, (_, place) => {
  const kinds: Themes[] = [
    ['Praise', 'praise '],
    ['Grace/Mercy', null],
    ['Thanksgivng'],
    null,
    [],
    [`Own ${place % 7}`],
  ]
  return kinds[place % kinds.length] ?? null
})

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase({ http: true })
})
afterAll(() => database.drop())

function start(command: 'migrate' | 'validate' | 'rollback', ...args: string[]): CommandProcess {
  const { apiUrl, secretKey } = database
  return startCommand(`${SCRIPTS}/${command}.ts`, args, {
    SUPABASE_URL: apiUrl,
    SUPABASE_SECRET_KEY: secretKey,
  })
}

/** Where the process itself is not what is looked at. */
const migrateHere = (...args: string[]) =>
  migrateInProcess(args, { SUPABASE_URL: database.apiUrl, SUPABASE_SECRET_KEY: database.secretKey })

const run = (...args: Parameters<typeof start>): Promise<Ended> => start(...args).ended

/** The object that `--json` prints, which must be the only line of stdout. */
function answerOf({ stdout }: Ended): Record<string, unknown> {
  expect(stdout.trimEnd().split('\n')).toHaveLength(1)
  return JSON.parse(stdout) as Record<string, unknown>
}

/** Sends Ctrl-C until the process has had enough of it. */
async function interruptUntilEnd({ child, ended }: CommandProcess): Promise<Ended> {
  const timer = setInterval(() => child.kill('SIGINT'), 50)
  return ended.finally(() => clearInterval(timer))
}

describe('the commands, one after the other', () => {
  let seeded: Map<string, string | null>
  let certificate: unknown

  beforeAll(async () => {
    await addSongs(database.sql, SONGS)
    seeded = await themesBySong(database.sql)
  })

  it('dry run: shows everything, changes nothing', async () => {
    const [shown, object] = await Promise.all([
      migrateHere('--dry-run'),
      run('migrate', '--dry-run', '--json'),
    ])
    expect(shown).toMatchObject({ exitCode: 0, failure: '' })
    for (const text of [
      'Known by name',
      '“Thanksgivng”',
      '→ Thanksgiving?',
      'Preflight',
      'wait 750 ms at most',
      'no unfinished run',
    ])
      expect(shown.screen).toContain(text)
    expect(shown.screen.trimEnd().split('\n').at(-1)).toMatch(
      /^Nothing was changed\..*Start with: npm run migrate$/,
    )
    expect(object.code).toBe(0)
    const answer = answerOf(object)
    expect(answer).toEqual({
      phase: 'dry-run',
      totalCount: 250,
      themesDistinct: 11,
      tagsToCreate: 9,
      tagsToReuse: 1,
      linksToCreate: expect.any(Number),
      needsReview: 2,
      plan: expect.any(Array),
    })
    expect(answer.plan).toContainEqual({
      rawTheme: 'Thanksgivng',
      disposition: 'fuzzy',
      tag: 'Thanksgivng',
      category: 'theme',
      reason: expect.any(String),
      confidence: expect.any(Number),
      songs: 42,
      proposal: ['Thanksgiving'],
      accept: false,
    })
    expect(await database.sql`select from tag_migration.run`).toHaveLength(0)
    expect(await database.sql`select from tag_migration.plan`).toHaveLength(0)
  })

  it('rollback and resume without a run say so', async () => {
    const [rollback, resume] = await Promise.all([run('rollback', '--json'), migrateHere('--resume')])
    expect(rollback.code).toBe(2)
    const failure = {
      code: 'unknown-run',
      message: 'There is no run to roll back.',
      advice: expect.any(String),
    }
    expect(answerOf(rollback)).toEqual({
      runId: null,
      phase: 'failed',
      restoredCount: 0,
      linksRemoved: 0,
      tagsRemoved: 0,
      conflicts: [],
      alreadyRolledBack: false,
      durationMs: expect.any(Number),
      error: failure,
      errors: [
        {
          songId: 'system',
          error: failure.message,
          context: { code: failure.code, advice: failure.advice },
          recoverable: false,
        },
      ],
    })
    expect(resume).toMatchObject({
      exitCode: 2,
      failure: 'There is no run to resume. Start one with: npm run migrate',
    })
  })

  it('migrates', async () => {
    const ended = await run('migrate', '--json')
    expect(ended.code).toBe(0)
    const answer = answerOf(ended)
    expect(answer).toEqual({
      runId: expect.any(String),
      phase: 'complete',
      processedCount: 250,
      totalCount: 250,
      tagsCreated: 9,
      tagsReused: 1,
      linksCreated: expect.any(Number),
      errors: [],
      batches: expect.any(Number),
      retries: 0,
      durationMs: expect.any(Number),
      certificate: expect.stringMatching(/^[0-9a-f]{64}$/),
      checks: expect.any(Array),
    })
    certificate = answer.certificate
    expect(ended.stderr).toContain('Done in')
    expect(ended.stderr).toContain('npm run rollback')
  })

  it('migrating again finds nothing to do', async () => {
    const again = await migrateHere()
    expect(again).toMatchObject({ exitCode: 0, json: { phase: 'nothing-to-do', certificate } })
    expect(again.screen).toContain('Every song is migrated already.')
  })

  it('validates, also by migrate --validate', async () => {
    const [validated, same] = await Promise.all([run('validate', '--json'), migrateHere('--validate')])
    const answer = answerOf(validated)
    expect(answer).toMatchObject({ valid: true, certificate })
    expect(answer.checks).toContainEqual({
      name: expect.any(String),
      critical: true,
      expected: 0,
      actual: 0,
      ok: true,
      differences: [],
    })
    expect(same.json).toEqual(answer)
  })

  it('validation names what differs, with exit code 3', async () => {
    const [link] = await database.sql<{ song_id: string; tag_id: string }[]>`
      select song_id, tag_id from public.song_tags limit 1`
    await tamper(
      database.sql,
      (sql) =>
        sql`delete from public.song_tags where song_id = ${link?.song_id ?? ''} and tag_id = ${link?.tag_id ?? ''}`,
    )
    const validated = await migrateHere('--validate')
    expect(validated).toMatchObject({ exitCode: 3, json: { valid: false } })
    expect(validated.screen).toContain('✘')
    expect(validated.screen).toContain('Not valid')
    expect(JSON.stringify(validated.json)).toContain(link?.song_id)
    await tamper(database.sql, (sql) => sql`insert into public.song_tags ${sql([{ ...link }])}`)
  })

  it('rolls back exactly: a plan first, then the songs as they were, then nothing twice', async () => {
    const plan = answerOf(await run('rollback', '--exact', '--dry-run', '--json'))
    expect(plan).toMatchObject({ phase: 'dry-run', exact: true, songs: 250, alreadyRolledBack: false })
    const ended = await run('rollback', '--exact', '--json')
    expect(ended.code).toBe(0)
    expect(answerOf(ended)).toEqual({
      runId: expect.any(String),
      phase: 'rolled-back',
      restoredCount: 250,
      linksRemoved: expect.any(Number),
      tagsRemoved: 9,
      conflicts: [],
      errors: [],
      alreadyRolledBack: false,
      durationMs: expect.any(Number),
    })
    expect(await themesBySong(database.sql)).toEqual(seeded)
    expect((await tagsBySong(database.sql)).size).toBe(0)
    const [again, validated] = await Promise.all([
      run('rollback', '--exact', '--json'),
      migrateHere('--validate'),
    ])
    expect(again.code).toBe(0)
    expect(answerOf(again)).toMatchObject({
      alreadyRolledBack: true,
      restoredCount: 0,
      linksRemoved: 0,
      tagsRemoved: 0,
    })
    expect(validated.json).toMatchObject({ valid: true, certificate: null })
  })

  it('Ctrl-C ends the batch, saves and says how to go on; the end is the same', async () => {
    const gate = await closeGate(database.sql, 'tag_migration.song_state')
    try {
      const migrate = start('migrate', '--json')
      await gate.reached()
      migrate.child.kill('SIGINT')
      await migrate.prints('Stopping after this batch')
      await gate.open()
      const ended = await migrate.ended
      expect(ended.code).toBe(130)
      const answer = answerOf(ended)
      expect(answer).toMatchObject({ phase: 'paused', totalCount: 250 })
      // The batch at the gate, and what else was under way beside it.
      expect(answer.processedCount).toBeGreaterThanOrEqual(100)
      expect(ended.stderr).toContain('Go on with: npm run migrate -- --resume')
    } finally {
      await gate.remove()
    }
    const validated = await migrateHere('--validate')
    expect(validated.exitCode).toBe(3)
    expect(validated.screen).toContain('Go on with: npm run migrate -- --resume')
    const another = await migrateHere('--save-plan', join(tmpdir(), 'never.json'))
    expect(another).toMatchObject({ exitCode: 2, failure: expect.stringContaining('keeps its plan') })
    expect(await migrateHere('--resume')).toMatchObject({
      exitCode: 0,
      json: { phase: 'complete', processedCount: 250, certificate },
    })
  })

  it('Ctrl-C twice stops at once and is safe all the same', async () => {
    await run('rollback', '--yes')
    const gate = await closeGate(database.sql, 'tag_migration.song_state')
    try {
      const migrate = start('migrate')
      await gate.reached()
      migrate.child.kill('SIGINT')
      await migrate.prints('Stopping after this batch')
      const ended = await interruptUntilEnd(migrate)
      expect(ended).toMatchObject({ code: 130, stderr: '' })
      expect(ended.stdout).toContain('Stopped at once')
    } finally {
      await gate.remove()
    }
    expect(await migrateHere('--resume')).toMatchObject({
      exitCode: 0,
      json: { phase: 'complete', processedCount: 250, certificate },
    })
  })

  it('SIGTERM pauses a rollback, which goes on', async () => {
    const gate = await closeGate(database.sql, 'tag_migration.batch')
    try {
      const rollback = start('rollback', '--json')
      await gate.reached()
      rollback.child.kill('SIGTERM')
      await rollback.prints('Stopping after this batch')
      await gate.open()
      const ended = await rollback.ended
      expect(ended.code).toBe(130)
      expect(answerOf(ended)).toMatchObject({ phase: 'paused', restoredCount: 100 })
    } finally {
      await gate.remove()
    }
    const ended = await run('rollback')
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('250 songs') })
    expect(await themesBySong(database.sql)).toEqual(seeded)
  })

  it('goes on quietly when nobody reads any more', async () => {
    const migrate = start('migrate')
    migrate.child.stdout?.destroy()
    migrate.child.stderr?.destroy()
    expect((await migrate.ended).code).toBe(0)
    expect((await migrateHere('--validate')).json).toMatchObject({ valid: true, certificate })
  })
})

describe('songs that cannot be migrated', () => {
  beforeEach(() => forgetRuns(database))

  it('go into quarantine, named, with exit code 3', async () => {
    const [, bad] = await addUnsyncedSongs(database.sql, [['Praise'], ['Grace'], ['Mercy']])
    await database.sql.unsafe(`
      create function public.refuse_song() returns trigger language plpgsql as $$
      begin
        if new.song_id = '${bad}' then raise exception 'no tags for this\x1b[2J song'; end if;
        return new;
      end $$;
      create trigger refuse_song before insert on public.song_tags for each row execute function public.refuse_song()`)
    try {
      const ended = await run('migrate', '--json')
      expect(ended.code).toBe(3)
      const answer = answerOf(ended)
      expect(answer).toMatchObject({ phase: 'complete', processedCount: 2 })
      expect(answer.errors).toEqual([
        {
          songId: bad,
          error: expect.stringContaining('no tags for this'),
          context: expect.anything(),
          recoverable: false,
        },
      ])
      expect(ended.stderr).toContain('1 song in quarantine')
      expect(ended.stderr).toContain('no tags for this\\u001b[2J song')
    } finally {
      await database.sql.unsafe(
        'drop trigger refuse_song on public.song_tags; drop function public.refuse_song()',
      )
    }
    expect(await migrateHere()).toMatchObject({
      exitCode: 0,
      json: { phase: 'complete', processedCount: 1, errors: [] },
    })
  })

  it('fail the run when they are too many: resumable, or rolled back when told to', async () => {
    await addUnsyncedSongs(
      database.sql,
      Array.from({ length: 25 }, () => ['Praise']),
    )
    await database.sql.unsafe(`
      create function public.refuse_song() returns trigger language plpgsql as $$
      begin raise exception 'no tags today'; end $$;
      create trigger refuse_song before insert on public.song_tags for each row execute function public.refuse_song()`)
    try {
      const failed = await migrateHere()
      expect(failed).toMatchObject({
        exitCode: 1,
        failure: expect.stringMatching(/^20 songs could not be migrated: no tags today\b.*--resume/),
      })
      expect(failed.screen).toContain('stands at 0 songs')
      expect((await migrateHere('--restart', '--rollback-on-failure')).failure).toContain(
        'The run is rolled back.',
      )
      expect((await migrateHere('--resume')).failure).toContain('There is no run to resume.')
    } finally {
      await database.sql.unsafe(
        'drop trigger refuse_song on public.song_tags; drop function public.refuse_song()',
      )
    }
  })
})
