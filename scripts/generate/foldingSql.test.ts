import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { standardThemes } from '../../src/features/songs/validation/constants/themes.ts'
import { foldName, isBlankName } from '../../src/lib/folding.ts'
import { createTestDatabase, type TestDatabase } from '../testing/testDatabase.ts'
import { assignedCharacters } from './foldingMap.ts'

const CHUNK = 20_000

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

/** Names whose keys differ, as code points: unreadable characters make unreadable failures. */
async function differences(names: string[]): Promise<string[]> {
  const chunks = Array.from({ length: Math.ceil(names.length / CHUNK) }, (_, i) =>
    names.slice(i * CHUNK, (i + 1) * CHUNK),
  )
  const keys = await Promise.all(
    chunks.map(
      (chunk) =>
        database.sql<{ keys: string[] }[]>`
        select array_agg(public.normalize_tag_name(name) order by place) as keys
        from jsonb_array_elements_text(${database.sql.json(chunk)}) with ordinality as u (name, place)`,
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
  })

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
  })

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
    const answers = await database.sql`
      select public.is_blank_tag_name(name) as blank
      from jsonb_array_elements_text(${database.sql.json(names)}) with ordinality as u (name, place) order by place`
    expect(answers.map(({ blank }) => blank)).toEqual(names.map(isBlankName))
    expect(answers.filter(({ blank }) => blank)).toHaveLength(8)
  })

  test('works on a column with a nondeterministic collation', async () => {
    await database.sql`create collation blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false)`
    const [row] =
      await database.sql`select public.normalize_tag_name('Éa — B' collate blind) = 'ea b' as equal`
    expect(row?.equal).toBe(true)
  })
  test('keys the standard tags and their synonyms as foldName does', async () => {
    const rows = await database.sql<{ name: string; key: string; tag: string }[]>`
      select t.name, t.normalized_name as key, t.name as tag from public.tags as t
      union all
      select s.name, s.normalized_name, t.name from public.tag_synonyms as s join public.tags as t on t.id = s.tag_id`
    const expected = standardThemes.flatMap(({ name, variations }) =>
      [name, ...variations].map((written) => ({ name: written, key: foldName(written), tag: name })),
    )
    const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1)
    expect([...rows].sort(byKey)).toEqual(expected.sort(byKey))
  })
})
