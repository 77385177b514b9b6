import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEMO_RANDOM_SEED, whoseSongs } from './demo/demoSongs.ts'
import { seed } from './seed/seed.ts'
import { startCommand } from './testing/commandProcess.ts'
import { makeStackFolder, makeStale, processesOf } from './testing/stackProcess.ts'
import { createTestDatabase, type TestDatabase } from './testing/testDatabase.ts'

describe('npm run demo and migrate:fresh', () => {
  let folder: string
  beforeAll(async () => {
    folder = await makeStackFolder()
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('the demo shows every step, serves the app and leaves nothing running', async () => {
    const demo = startCommand('scripts/demo.ts', ['--exit', '--songs', '200', '--folder', folder], {})
    const { code, stdout, stderr } = await demo.ended
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const steps = stdout.split('\n').filter((line) => line.startsWith('$ '))
    expect(steps).toEqual([
      '$ npm run seed -- --songs 200',
      '$ npm run migrate -- --dry-run',
      '$ npm run migrate',
      '$ npm run validate',
      '$ npm start',
    ])
    expect(stdout).toMatch(/certificate [0-9a-f]{64}\n/)
    expect(stdout).toMatch(/The songbook is open at http:\/\/127\.0\.0\.1:\d+\n/)
    for (const email of ['admin@songbook.test', 'editor@songbook.test', 'leader@songbook.test'])
      expect(stdout).toContain(email)
    expect(stdout).toContain('The page and its songs answer.')
    expect(await processesOf(folder)).toEqual([])
  })

  it('migrate:fresh starts over, and is interrupted without a trace', async () => {
    const fresh = startCommand(
      'scripts/migrateFresh.ts',
      ['--songs', '150', '--folder', folder, '--json'],
      {},
    )
    const { code, stdout } = await fresh.ended
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      seed: { loaded: 150, songs: 150 },
      migration: { phase: 'complete', processedCount: 150 },
      validation: { valid: true },
    })
    const interrupted = startCommand('scripts/migrateFresh.ts', ['--folder', folder], {})
    await interrupted.prints('A new embedded database')
    interrupted.child.kill('SIGINT')
    expect((await interrupted.ended).code).toBe(130)
    expect(await processesOf(folder)).toEqual([])
  })

  it('the demo says how to begin anew when the local data is older than the migrations', async () => {
    await makeStale(folder)
    const { code, stderr } = await startCommand('scripts/demo.ts', ['--exit', '--folder', folder], {}).ended
    expect(code).toBe(2)
    expect(stderr).toContain('changed since then is 20250123_add_tag_system.sql.')
    expect(stderr).toContain('npm run demo -- --reset')
    expect(await processesOf(folder)).toEqual([])
  })

  it.each(['https://abc.supabase.co', 'not an address'])('migrate:fresh refuses %s', async (address) => {
    const { code, stderr } = await startCommand('scripts/migrateFresh.ts', [], { SUPABASE_URL: address })
      .ended
    expect(code).toBe(2)
    expect(stderr).toMatch(
      /^SUPABASE_URL names .*; migrate:fresh works on the embedded database only\. .*\n$/,
    )
  })
})

describe('whoseSongs', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.drop())

  it('tells a demo’s songs from somebody’s', async () => {
    const { sql, dbUrl } = database
    expect(await whoseSongs(sql)).toBe('empty')
    await seed({ dbUrl, source: { songs: 30 }, randomSeed: DEMO_RANDOM_SEED, whenNotEmpty: 'refuse' })
    expect(await whoseSongs(sql)).toBe('demo')
    await sql`insert into public.songs (title) values ('My own')`
    expect(await whoseSongs(sql)).toBe('somebody’s')
  })
})
