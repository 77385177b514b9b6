import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from './testing/testDatabase.ts'

let database: TestDatabase
let folder: string
beforeAll(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'seed-cli-'))
})
afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true })
})
beforeEach(() => database.sql`delete from public.songs`)

/** Runs the command as npm would, against the test's database unless the arguments name another. */
function seed(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { PATH: process.env.PATH, SUPABASE_DB_URL: database.dbUrl }
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(import.meta.dirname, 'seed.ts'), ...args],
      { env },
      (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr })
      },
    )
  })
}

const count = async () => (await database.sql`select from public.songs`).length

describe('npm run seed', () => {
  it('makes songs and says what the songbook holds', async () => {
    const { code, stdout, stderr } = await seed('--songs', '200')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^Seeded 200 songs into 127\.0\.0\.1 in [\d.]+ s\. It holds:\n\nsongs +200\n/)
    expect(await count()).toBe(200)
  })

  it('prints one object with --json', async () => {
    const { code, stdout } = await seed('--songs', '50', '--random-seed', 'psalm', '--json')
    expect(code).toBe(0)
    expect(stdout.trim().split('\n')).toHaveLength(1)
    expect(JSON.parse(stdout)).toMatchObject({
      target: '127.0.0.1',
      loaded: 50,
      songs: 50,
      randomSeed: 'psalm',
      mostCommon: [{ theme: expect.any(String) }, {}, {}],
    })
  })

  it('refuses a second time, appends and resets when told to', async () => {
    await seed('--songs', '20')
    const refused = await seed('--songs', '20')
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toMatch(/^The songbook has songs already\. .*--append.*--reset.*\n$/)
    expect((await seed('--songs', '30', '--random-seed', '2', '--append')).code).toBe(0)
    expect(await count()).toBe(50)
    expect((await seed('--songs', '10', '--reset')).code).toBe(0)
    expect(await count()).toBe(10)
  })

  it('loads a file', async () => {
    const file = join(folder, 'songs.jsonl')
    await writeFile(file, '{"title":"A","themes":["Praise",null]}\n{"title":"B","themes":null}\n')
    expect((await seed('--file', file)).code).toBe(0)
    const rows = await database.sql`select title, to_json(themes) as themes from public.songs order by title`
    expect(Array.from(rows)).toEqual([
      { title: 'A', themes: ['Praise', null] },
      { title: 'B', themes: null },
    ])
  })

  it('loads nothing of a file with a bad line, even with --reset', async () => {
    await seed('--songs', '5')
    const file = join(folder, 'bad.jsonl')
    await writeFile(file, '{"title":"A"}\n{"title":"B","themes":"x"}\n{"title":"C"}\n')
    const { code, stderr } = await seed('--file', file, '--reset')
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'bad.jsonl, line 2: "themes" must be an array of texts, or null; found a string\n',
    })
    expect(await count()).toBe(5)
  })

  it.each([
    [[], 'Say what to seed'],
    [['--songs', '0'], 'It must be 1 to 10000000'],
    [['--songs', '1e3'], 'It must be 1 to 10000000'],
    [['--songs', '5', '--file', 'x'], 'cannot be used with'],
    [['--songs', '5', '--append', '--reset'], 'cannot be used with'],
    [['--songs', '5', '--frobnicate'], 'unknown option'],
    [['--songs', '5', '--db-url', 'not an address'], 'must look like postgres://'],
    [['--songs', '5', '--db-url', 'https://127.0.0.1/x'], 'must look like postgres://'],
    [
      ['--songs', '5', '--db-url', 'postgres://u:secret@db.example.org/x'],
      '--yes-really-seed db.example.org',
    ],
    [
      ['--songs', '5', '--db-url', 'postgres://u@db.example.org/x', '--yes-really-seed', 'other.example.org'],
      'db.example.org is not this machine',
    ],
    [['--file', '/nowhere/songs.jsonl'], 'there is no such file'],
  ])('answers %j with one line and exit code 2', async (args, message) => {
    const { code, stdout, stderr } = await seed(...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(message)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).not.toContain('secret')
  })

  it.each([
    ['postgres://postgres@127.0.0.1:1/postgres', 'The database does not answer (ECONNREFUSED)'],
    ['the wrong password', 'refused the user or the password'],
    ['the wrong database', 'no such database'],
  ])('fails with one line and exit code 1: %s', async (address, message) => {
    const url = new URL(address.startsWith('postgres:') ? address : database.dbUrl)
    if (address === 'the wrong password') url.password = 'wrong'
    if (address === 'the wrong database') url.pathname = '/nowhere'
    const { code, stdout, stderr } = await seed('--songs', '5', '--db-url', url.href)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(message)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  it('explains itself', async () => {
    const { code, stdout } = await seed('--help')
    expect(code).toBe(0)
    for (const flag of ['--songs', '--file', '--random-seed', '--append', '--reset', '--db-url', '--json'])
      expect(stdout).toContain(flag)
  })
})
