import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCommand } from '../../../../scripts/testing/commandProcess.ts'
import { type InProcessResult, migrateInProcess } from '../../../../scripts/testing/migrateInProcess.ts'
import { addSongs } from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'

let database: TestDatabase
let bare: TestDatabase
let folder: string
beforeAll(async () => {
  ;[database, bare] = await Promise.all([
    createTestDatabase({ http: true }),
    createTestDatabase({ http: true }),
  ])
  await addSongs(database.sql, [['Praise'], ['Grace / Mercy'], null])
  await bare.sql.unsafe(`
    drop schema tag_migration cascade;
    do $$ declare f regprocedure; begin
      for f in select oid::regprocedure from pg_catalog.pg_proc
        where pronamespace = 'public'::regnamespace and proname like 'tag_migration_%'
      loop execute format('drop function %s', f); end loop;
    end $$`)
  folder = await mkdtemp(join(tmpdir(), 'bad-input-'))
})
afterAll(async () => {
  await Promise.all([database.drop(), bare.drop()])
  await rm(folder, { recursive: true })
})

type Env = Record<string, string>

function environment(env: Env): Env {
  const { apiUrl, secretKey } = database
  return { SUPABASE_URL: apiUrl, SUPABASE_SECRET_KEY: secretKey, ...env }
}

const migrate = (args: string[], env: Env = {}) => migrateInProcess(args, environment(env))

const migrateProcess = (args: string[], env: Env = {}) =>
  startCommand('src/features/tags/scripts/migrate.ts', args, environment(env)).ended

/** Saves a good plan, has it changed, and tries it. */
async function migrateWithPlan(change: (plan: string) => string): Promise<InProcessResult> {
  const path = join(folder, 'plan.json')
  expect(await migrate(['--dry-run', '--save-plan', path])).toMatchObject({ exitCode: 0 })
  const good = await readFile(path, 'utf8')
  const bad = change(good)
  expect(bad).not.toBe(good)
  await writeFile(path, bad)
  return migrate(['--plan', path])
}

function expectRefusal({ exitCode, failure, screen }: InProcessResult, code: number, message: string): void {
  expect(failure).toContain(message)
  expect(exitCode).toBe(code)
  expect(failure).not.toMatch(/[\p{Cc}]| at .*\.ts/u)
  expect(failure + screen).not.toContain(database.secretKey)
}

describe('bad input: one line that says what to do, and nothing changed', () => {
  afterAll(async () => {
    for (const table of ['tag_migration.run', 'tag_migration.plan', 'public.song_tags'])
      expect(await database.sql.unsafe(`select from ${table}`)).toHaveLength(0)
  })

  it.each<[string, number, string, string[], Record<string, string>]>([
    [
      'an unreachable server',
      1,
      'Check SUPABASE_URL and the network',
      [],
      { SUPABASE_URL: 'http://127.0.0.1:1' },
    ],
    ['a wrong key', 2, 'Copy the secret key', [], { SUPABASE_SECRET_KEY: 'sb_secret_wrong' }],
    ['no key', 2, 'SUPABASE_URL is set, and SUPABASE_SECRET_KEY is not', [], { SUPABASE_SECRET_KEY: '' }],
    ['no address', 2, 'SUPABASE_SECRET_KEY is set, and SUPABASE_URL is not', [], { SUPABASE_URL: '' }],
    [
      'a hosted project and nobody to ask',
      2,
      'To migrate without being asked, add --yes',
      [],
      // Nothing answers there: the question must come first, or rather its refusal.
      { SUPABASE_URL: 'https://127.0.0.1.invalid' },
    ],
    ['an unknown flag', 2, 'Did you mean --dry-run?', ['--dry-rum'], {}],
    ['a batch of none', 2, 'whole number from 1', ['--batch-size', '0'], {}],
    ['a plan file that is not there', 2, 'There is no plan file none.json', ['--plan', 'none.json'], {}],
    ['a directory as plan file', 2, 'is a directory', ['--plan', tmpdir()], {}],
    ['nowhere to save', 2, 'cannot be saved', ['--dry-run', '--save-plan', '/nowhere/plan.json'], {}],
  ])('%s', async (_, code, message, args, env) => {
    expectRefusal(await migrate(args, env), code, message)
  })

  it('the publishable key', async () => {
    const ended = await migrate([], { SUPABASE_SECRET_KEY: database.publishableKey })
    expectRefusal(ended, 2, 'Set it to the secret key (sb_secret_…)')
  })

  it('a key that may do less, which only the server can tell', async () => {
    const { client } = await database.signUp()
    const { data } = await client.auth.getSession()
    const ended = await migrate([], { SUPABASE_SECRET_KEY: data.session?.access_token ?? '' })
    expectRefusal(ended, 2, 'secret key')
  })

  it('missing tables', async () => {
    const ended = await migrate([], { SUPABASE_URL: bare.apiUrl, SUPABASE_SECRET_KEY: bare.secretKey })
    expectRefusal(ended, 2, 'supabase/migrations')
  })

  it.each<[string, string, (plan: string) => string]>([
    [
      'a syntax error',
      'The plan file is not JSON',
      (plan) => plan.replace('"entries": [', '"entries": [\u001b[2J,'),
    ],
    ['an unknown theme', 'a theme that no song has: \\"Nobody\\"', (plan) => addEntry(plan, 'Nobody')],
    [
      'a theme left out',
      'leaves out a theme: "Grace / Mercy"',
      (plan) => plan.replace(/\n.*"rawTheme":"Grace \/ Mercy".*/, ''),
    ],
    [
      'a source that was edited',
      'The plan file’s source is not the hash of its themes',
      (plan) => plan.replace(/"source": "[0-9a-f]{64}"/, `"source": "${'0'.repeat(64)}"`),
    ],
    ['a control character in a name', 'control or bidirectional', (plan) => rename(plan, 'Pra\\u0007ise')],
    [
      'a bidirectional character in a name',
      'control or bidirectional',
      (plan) => rename(plan, 'Praise\\u202e'),
    ],
    ['a stale hash', 'The plan is stale: since it was made, 1 theme has come', changeThemes],
    ['a line separator in a name', 'control or bidirectional', (plan) => rename(plan, 'Pra\\u2028ise')],
    ['tag characters in a name', 'invisible characters', (plan) => rename(plan, 'Praise\\udb40\\udc41')],
    ['a name that is too long', 'longer than 50', (plan) => rename(plan, 'x'.repeat(51))],
  ])('a plan file with %s', async (_, message, change) => {
    expectRefusal(await migrateWithPlan(change), 2, message.replaceAll('\\"', '"'))
  })

  it('a plan file over 20 MB', async () => {
    const path = join(folder, 'large.json')
    await writeFile(path, '{')
    await truncate(path, 21 * 1024 * 1024)
    expectRefusal(await migrate(['--plan', path]), 2, 'large.json is larger than 20 MB')
  })

  it('says more with --verbose, and still no key', async () => {
    const ended = await migrateProcess(['--verbose'], { SUPABASE_SECRET_KEY: 'sb_secret_wrong' })
    expect(ended.code).toBe(2)
    expect(ended.stderr).toMatch(/\n {4}at /)
    expect(ended.stderr).not.toContain('sb_secret_wrong')
  })

  it('is an object with --json', async () => {
    const ended = await migrateProcess(['--batch-size', '0', '--json'])
    expect(ended.code).toBe(2)
    const message = expect.stringContaining('whole number')
    expect(JSON.parse(ended.stdout)).toEqual({
      runId: null,
      phase: 'failed',
      processedCount: 0,
      totalCount: 0,
      tagsCreated: 0,
      tagsReused: 0,
      linksCreated: 0,
      errors: [
        {
          songId: 'system',
          error: message,
          context: { code: 'usage', advice: 'See --help.' },
          recoverable: false,
        },
      ],
      batches: 0,
      retries: 0,
      durationMs: expect.any(Number),
      certificate: null,
      checks: [],
      error: { code: 'usage', message, advice: 'See --help.' },
    })
  })

  it.each([
    ['validate', []],
    ['migrate', ['--validate']],
  ])('is a validation that is not valid with --json when %s %j fails', async (command, args) => {
    const script = `src/features/tags/scripts/${command}.ts`
    const env = environment({ SUPABASE_SECRET_KEY: 'sb_secret_wrong' })
    const ended = await startCommand(script, [...args, '--json'], env).ended
    expect(ended.code).toBe(2)
    expect(JSON.parse(ended.stdout)).toEqual({
      valid: false,
      runId: null,
      phase: 'failed',
      certificate: null,
      checks: [],
      error: expect.objectContaining({ code: 'unauthorized' }),
      errors: [expect.objectContaining({ songId: 'system', recoverable: false })],
    })
  })

  it('shows nothing of a plan file to the terminal that it would obey, --verbose included', async () => {
    const path = join(folder, 'esc.json')
    await writeFile(path, '{"entries": [\u001b[2J\u202e')
    const ended = await migrateProcess(['--plan', path, '--verbose'])
    expect(ended.stderr).toMatch(/not JSON.*\\u001b/)
    expect(ended.stderr).toMatch(/\n {4}at /)
    expect(ended.stderr.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u)
  })

  it('names the plan to start with so that a shell takes it back', async () => {
    const path = join(folder, 'my\u001b plan.json')
    const { screen } = await migrate(['--dry-run', '--save-plan', path])
    expect(screen).toContain(`Start with: npm run migrate -- --plan $'${folder}/my\\u001b plan.json'`)
    expect(screen.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
  })
})

it('--help explains itself and exits with 0', async () => {
  const ended = await migrateProcess(['--help'])
  expect(ended).toMatchObject({ code: 0, stderr: '' })
  for (const text of [
    '--dry-run',
    '--save-plan',
    '--rollback-on-failure',
    'SUPABASE_SECRET_KEY',
    'Exit codes',
  ])
    expect(ended.stdout).toContain(text)
})

/** As if the songs had changed since. */
function changeThemes(plan: string): string {
  return plan
    .replace(/"source": "[0-9a-f]{64}"/, `"source": "${'0'.repeat(64)}"`)
    .replace(/\n.*"rawTheme":"Grace \/ Mercy".*/, '')
}

function rename(plan: string, name: string): string {
  return plan.replace(/("rawTheme":"Praise".*?"tag":")[^"]*/, `$1${name}`)
}

function addEntry(plan: string, rawTheme: string): string {
  const [line = ''] = /^.*"rawTheme":"Praise".*$/m.exec(plan) ?? []
  const entry = line.replace('"rawTheme":"Praise"', `"rawTheme":"${rawTheme}"`).replace(/,?$/, ',')
  return plan.replace('"entries": [\n', `"entries": [\n${entry}\n`)
}
