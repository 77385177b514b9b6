import { createHash } from 'node:crypto'
import type { ISql } from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addSongs, runnerFor } from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { certificateOf, SONGS_PER_LEAF } from './certificate.ts'
import { AFTER_ALL, BEFORE_ALL } from './migrationDatabase.ts'
import { sha256Hex } from './sha256.ts'

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')

describe('sha256Hex', () => {
  test('gives the published digest of "abc" and hashes text as UTF-8', async () => {
    expect(await sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(await sha256Hex('ä🎵')).toBe(sha256('ä🎵'))
  })
})

describe('certificateOf', () => {
  const leaves = [sha256('one'), sha256('two')]

  test('hashes the leaves, each ended by a newline, in their order', async () => {
    expect(await certificateOf(leaves)).toBe(sha256(`${leaves[0]}\n${leaves[1]}\n`))
    expect(await certificateOf(leaves.toReversed())).not.toBe(await certificateOf(leaves))
  })

  test('certifies no songs at all by the hash of nothing', async () => {
    expect(await certificateOf([])).toBe(sha256(''))
  })
})

/** As `array_send` writes text[]: numbers of four bytes; dimensions, flags, type, length, first subscript, elements. */
function arrayOf(texts: readonly (string | null)[]): Buffer {
  if (texts.length === 0) return numbers(0, 0, TEXT)
  const elements = texts.map((text) => {
    const bytes = Buffer.from(text ?? '')
    return text === null ? numbers(-1) : Buffer.concat([numbers(bytes.length), bytes])
  })
  return Buffer.concat([numbers(1, 0, TEXT, texts.length, 1), ...elements])
}

/** The type of its elements, as PostgreSQL numbers it. */
const TEXT = 25

function numbers(...values: number[]): Buffer {
  const buffer = Buffer.alloc(4 * values.length)
  for (const [place, value] of values.entries()) buffer.writeInt32BE(value, 4 * place)
  return buffer
}

describe('the certificate of a run', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.drop())

  test('can be computed from the tables alone by whoever knows its definition', async () => {
    const themes = [
      ['Grace', 'grace '],
      null,
      [],
      ['Xmas', null],
      ['Ünïcôdé "quoted" \\ 🎵'],
      ['Grace/Mercy'],
    ]
    // More than one call validates, with a leaf of one song at the end.
    const songs = 6 * SONGS_PER_LEAF + 1
    await addSongs(
      database.sql,
      Array.from({ length: songs }, (_, n) => themes[n % themes.length] ?? null),
    )
    const result = await runnerFor(database, { batchSize: 700, profile: 'quiet', workers: 2 }).run()

    const songsNow = await database.sql<{ id: string; themes: (string | null)[] | null; names: string[] }[]>`
      select s.id, to_json(s.themes) as themes,
        array(
          select t.normalized_name from public.song_tags as l join public.tags as t on t.id = l.tag_id
          where l.song_id = s.id order by t.normalized_name collate "C"
        ) as names
      from public.songs as s order by s.id`
    const lines = songsNow.map(({ id, themes, names }) =>
      Buffer.concat([
        Buffer.from(id.replaceAll('-', ''), 'hex'),
        themes === null ? numbers(-1) : arrayOf(themes),
        arrayOf(names),
      ]),
    )
    const leaves = Array.from({ length: 7 }, (_, k) =>
      sha256(Buffer.concat(lines.slice(k * SONGS_PER_LEAF, (k + 1) * SONGS_PER_LEAF))),
    )
    expect(lines).toHaveLength(songs)
    expect(result.certificate).toBe(sha256(leaves.map((leaf) => `${leaf}\n`).join('')))
    expect((await runnerFor(database).validate()).certificate).toBe(result.certificate)
  })

  test('is the same for an array that was cut out of one with a NULL', async () => {
    const [answer] = await database.sql`
      select a.cut = a.plain and array_send(a.cut) <> array_send(a.plain) as is_sent_otherwise,
        tag_migration.canonical_line(a.id, a.cut, '{}') = tag_migration.canonical_line(a.id, a.plain, '{}') as has_the_line
      from (select gen_random_uuid() as id, (array['Grace', null])[1:1] as cut, array['Grace'] as plain) as a`
    expect(answer).toEqual({ is_sent_otherwise: true, has_the_line: true })
  })

  test('is the same in whatever encoding somebody talks to the database', async () => {
    const leavesOf = (sql: ISql) => sql<{ leaves: string[] }[]>`
      select public.tag_migration_validate_songs(r.id, ${BEFORE_ALL}, ${AFTER_ALL}) -> 'leaves' as leaves
      from tag_migration.run as r`
    const { seen, born } = await database.sql.begin(async (sql) => {
      await sql`set local client_encoding = 'LATIN1'`
      const [song] = await sql<{ id: string }[]>`
        insert into public.songs (title, themes) values ('Born', array[U&'\\00dcn\\00ef']) returning id`
      return { seen: await leavesOf(sql), born: song?.id ?? '' }
    })
    const [record] = await database.sql`
      select j.is_born, j.line_hash = sha256(tag_migration.canonical_line(j.song_id, j.themes, j.names)) as is_hashed
      from tag_migration.journal as j where j.song_id = ${born}`
    expect(record).toEqual({ is_born: true, is_hashed: true })
    expect(seen[0]?.leaves).toHaveLength(7)
    expect(seen).toEqual(await leavesOf(database.sql))

    const careless = await database.sql`
      select p.oid::regprocedure::text as name from pg_catalog.pg_proc as p
      where p.prosrc like '%canonical_line%' and not coalesce(p.proconfig, '{}') @> array['client_encoding=UTF8']`
    expect(careless).toEqual([])
  })
})
