import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addSongs, addUnsyncedSongs, runnerFor } from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { tamper } from '../../../../scripts/testing/validationFixture.ts'
import { SONGS_PER_LEAF } from './certificate.ts'

/** What the document says, word for word, by what its fences are called. */
async function fences(): Promise<(name: string) => string> {
  const document = await readFile(new URL('../../../../docs/certificate.md', import.meta.url), 'utf8')
  const found = new Map(
    [...document.matchAll(/^```(.+)\n([\s\S]*?)^```$/gm)].map(([, name = '', text = '']) => [name, text]),
  )
  return (name) => {
    const text = found.get(name)
    if (text === undefined) throw new Error(`docs/certificate.md has no fence ${name}.`)
    return text
  }
}

let database: TestDatabase
let fence: (name: string) => string
let ids: string[]
let certificate: string | null
beforeAll(async () => {
  fence = await fences()
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const recompute = (name: string) => database.sql.unsafe(fence(name))

test('the example is the line that the database writes, in hexadecimal, and hashed', async () => {
  const [example] = await database.sql`
    select encode(l.line, 'hex') as hex, encode(sha256(l.line), 'hex') as hash
    from (
      select tag_migration.canonical_line(
        '0b5c1e9a-3f7d-4c2e-9a41-6d8e2f1b7c35', array['Grace', null, 'Xmas "25"'], array['christmas', 'grace']
      ) as line
    ) as l`
  const withoutNotes = fence('hex').replaceAll(/ {2,}.*/g, '')
  expect(withoutNotes.replaceAll(/\s/g, '')).toBe(example?.hex)
  expect(fence('hash').trim()).toBe(example?.hash)
})

describe('the plain SQL of the document, on a migrated database', () => {
  beforeAll(async () => {
    const themes = [
      ['Grace', 'grace '],
      null,
      [],
      ['Xmas', null],
      ['Ünïcôdé "quoted" \\ 🎵\t\u0001'],
      ['Grace/Mercy'],
    ]
    ids = await addSongs(
      database.sql,
      // The last leaf has one song.
      Array.from({ length: 2 * SONGS_PER_LEAF + 1 }, (_, n) => themes[n % themes.length] ?? null),
    )
    certificate = (await runnerFor(database).run()).certificate
    expect(certificate).toMatch(/^[0-9a-f]{64}$/)
  })

  test('gives the certificate that was issued: from the record, and from the songs alone', async () => {
    expect(await recompute('sql record')).toMatchObject([{ issued: certificate, recomputed: certificate }])
    expect(await recompute('sql songs')).toMatchObject([{ recomputed: certificate }])
    expect(await recompute('sql culprits')).toHaveLength(0)
  })

  test('gives it still after edits, a birth, a rename, a merge, its undoing, a ban and a deletion', async () => {
    const [grace, mercy, xmas] = await Promise.all(
      ['Grace', 'Mercy', 'Christmas'].map(async (name) => {
        const [tag] = await database.sql<{ id: string }[]>`select id from public.tags where name = ${name}`
        return tag?.id ?? ''
      }),
    )
    const { serviceClient, sql } = database
    const answers = [
      await sql`update public.songs set themes = '{Hope,Newly met}' where id = ${ids[0] ?? ''}`,
      await sql`insert into public.song_tags (song_id, tag_id) values (${ids[1] ?? ''}, ${mercy ?? ''})`,
      await addSongs(sql, [['Born', 'Grace']]),
      await serviceClient.rpc('rename_tag', { p_tag: xmas ?? '', p_name: 'Feast of the birth' }),
      await serviceClient.rpc('merge_tags', { p_from: grace ?? '', p_into: mercy ?? '' }),
      await serviceClient.rpc('unmerge_tag', { p_tag: grace ?? '' }),
      await serviceClient.rpc('merge_tags', { p_from: mercy ?? '', p_into: grace ?? '' }),
      await serviceClient.rpc('ban_tag', { p_tag: xmas ?? '' }),
      await sql`delete from public.songs where id in (${ids[3] ?? ''}, ${ids[4] ?? ''})`,
    ]
    for (const answer of answers) expect('error' in answer ? answer.error : null).toBeNull()
    expect(await recompute('sql record')).toMatchObject([{ issued: certificate, recomputed: certificate }])
    expect(await recompute('sql culprits')).toHaveLength(0)
    expect(await runnerFor(database).validate()).toMatchObject({ valid: true, certificate })
    expect(await recompute('sql songs')).not.toMatchObject([{ recomputed: certificate }])
  })

  test('gives each run its own, and names the record that was altered', async () => {
    await addUnsyncedSongs(database.sql, [['Later']])
    const later = await runnerFor(database).run()
    const both = await recompute('sql record')
    expect(new Map(both.map((row) => [row.issued, row.recomputed]))).toEqual(
      new Map([
        [certificate, certificate],
        [later.certificate, later.certificate],
      ]),
    )
    await tamper(
      database.sql,
      (sql) =>
        sql`update tag_migration.journal set names = names || 'more'::text where song_id = ${ids[7] ?? ''}`,
    )
    expect(await recompute('sql culprits')).toMatchObject([{ song_id: ids[7] }])
    expect((await recompute('sql record')).filter((row) => row.issued !== row.recomputed)).toHaveLength(1)
  })
})
