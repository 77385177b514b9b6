import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ended, startCommand } from '../../../../scripts/testing/commandProcess.ts'
import { addSongs, runnerFor } from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { tamper } from '../../../../scripts/testing/validationFixture.ts'

let database: TestDatabase
let ids: string[]
beforeAll(async () => {
  database = await createTestDatabase({ http: true })
})
afterAll(() => database.drop())

const start = (...args: string[]) =>
  startCommand('src/features/tags/scripts/validate.ts', args, {
    SUPABASE_URL: database.apiUrl,
    SUPABASE_SECRET_KEY: database.secretKey,
  })
const run = (...args: string[]): Promise<Ended> => start(...args).ended
const linesOf = ({ stdout }: Ended) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))

describe('npm run validate', () => {
  it('lists no run before the first one', async () => {
    const ended = await run('--list')
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('No run yet.') })
    expect(linesOf(await run('--list', '--json'))).toEqual([{ runs: [] }])
  })

  it('lists the runs: status, songs, certificate, when and by whom', async () => {
    ids = await addSongs(database.sql, [['Grace'], ['Mercy', null], null])
    const { runId, certificate } = await runnerFor(database).run()
    const shown = await run('--list')
    for (const text of [runId, 'complete', '3 songs', certificate, 'test', 'UTC']) {
      expect(shown.stdout).toContain(text)
    }
    expect(linesOf(await run('--list', '--json'))).toEqual([
      {
        runs: [
          {
            runId,
            status: 'complete',
            songs: 3,
            totalSongs: 3,
            certificate,
            startedAt: expect.stringMatching(/^\d{4}-.*Z$/),
            finishedAt: expect.stringMatching(/^\d{4}-.*Z$/),
            startedBy: expect.any(String),
            worker: 'test',
          },
        ],
      },
    ])
  })

  it('says which runs it looked at, and what people changed since', async () => {
    await database.sql`update public.songs set themes = '{Hope}' where id = ${ids[0] ?? ''}`
    const shown = await run()
    expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining('1 song edited since') })
    const [json] = linesOf(await run('--json'))
    expect(json).toMatchObject({
      valid: true,
      certificate: expect.stringMatching(/^[0-9a-f]{64}$/),
      notes: ['1 song edited since: its links follow the edit'],
      checks: expect.arrayContaining([
        {
          name: 'certificate is the one that was issued',
          critical: true,
          expected: expect.any(String),
          actual: expect.any(String),
          ok: true,
          differences: [],
        },
      ]),
      runs: [{ valid: true, status: 'complete', songs: 3 }],
    })
  })

  it('names what old clients wrote too long for a tag: on the screen escaped, and some of many', async () => {
    const long = `\u202ewritten back to front ${'and long '.repeat(6)}`
    const [born = ''] = await addSongs(database.sql, [Array.from({ length: 12 }, () => long)])
    const begin = `song ${born}, theme 1: ${long.length} characters, too long for a tag: `
    const shown = await run()
    const words = shown.stdout.replaceAll(/\s+/g, ' ')
    expect(shown.code).toBe(0)
    expect(words).toContain(`${begin}“\\u202ewritten back to front and`)
    expect(words).toContain('and 3 more; --verbose shows them')
    expect((await run('--verbose')).stdout).toContain('theme 12: ')
    const [json] = linesOf(await run('--json'))
    expect(json).toMatchObject({
      valid: true,
      notes: expect.arrayContaining([`${begin}“${long.slice(0, 40)}…”`]),
    })
    await database.sql`delete from public.songs where id = ${born}`
  })

  it.each([
    ['--watch', '--list'],
    ['--watch', '--run', '0b5c1e9a-3f7d-4c2e-9a41-6d8e2f1b7c35'],
    ['--list', '--run', '0b5c1e9a-3f7d-4c2e-9a41-6d8e2f1b7c35'],
    ['--watch', '--every', '0'],
  ])('refuses %s %s %s', async (...args) => {
    expect(await run(...args)).toMatchObject({ code: 2, stdout: '' })
  })
})

describe('npm run validate -- --watch', () => {
  it('prints a line for each stretch until it is interrupted, and then what it has seen', async () => {
    const watch = start('--watch', '--every', '1', '--json')
    await watch.prints('"round":')
    watch.child.kill('SIGINT')
    const ended = await watch.ended
    expect(ended.code).toBe(0)
    const lines = linesOf(ended)
    expect(lines[0]).toMatchObject({
      isClean: true,
      songs: 3,
      differing: 0,
      drifted: [],
      mended: [],
      open: 0,
    })
    expect(lines.at(-1)).toMatchObject({ phase: 'stopped', passes: lines.length - 1, drifted: 0, open: 0 })
  })

  it('says when something drifts, and when it is mended; what still drifts at the end needs a person', async () => {
    const hope = await database.sql`select id from public.tags where name = 'Hope'`
    const unlink = () =>
      tamper(database.sql, (sql) => sql`delete from public.song_tags where song_id = ${ids[0] ?? ''}`)
    await unlink()
    const watch = start('--watch', '--every', '1')
    await watch.prints('has other tags than its themes yield')
    await tamper(
      database.sql,
      (sql) => sql`insert into public.song_tags (song_id, tag_id) values (${ids[0] ?? ''}, ${hope[0]?.id})`,
    )
    await watch.prints(`song ${ids[0]} is mended`)
    watch.child.kill('SIGINT')
    expect(await watch.ended).toMatchObject({ code: 0 })

    await unlink()
    const again = start('--watch', '--every', '1')
    await again.prints('has other tags')
    again.child.kill('SIGINT')
    expect(await again.ended).toMatchObject({ code: 3 })
  })
})
