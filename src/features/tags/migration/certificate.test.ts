import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addSongs, runnerFor } from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { certificateOf, SONGS_PER_LEAF } from './certificate.ts'
import { sha256Hex } from './sha256.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

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

    const lines = await database.sql<{ id: string; themes: string | null; names: string[] }[]>`
      select s.id, to_json(s.themes)::text as themes,
        array(
          select t.normalized_name from public.song_tags as l join public.tags as t on t.id = l.tag_id
          where l.song_id = s.id order by t.normalized_name collate "C"
        ) as names
      from public.songs as s order by s.id`
    const text = lines.map((one) => `${one.id}\t${one.themes ?? 'null'}\t${JSON.stringify(one.names)}\n`)
    const leaves = Array.from({ length: 7 }, (_, k) =>
      sha256(text.slice(k * SONGS_PER_LEAF, (k + 1) * SONGS_PER_LEAF).join('')),
    )
    expect(lines).toHaveLength(songs)
    expect(result.certificate).toBe(sha256(leaves.map((leaf) => `${leaf}\n`).join('')))
    expect((await runnerFor(database).validate()).certificate).toBe(result.certificate)
  })
})
