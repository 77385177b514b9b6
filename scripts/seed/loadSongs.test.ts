import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/testDatabase.ts'
import { loadSongs } from './loadSongs.ts'
import { makeSongs } from './makeSongs.ts'
import { SeededRandom } from './seededRandom.ts'
import { SeedRefused } from './seedRefused.ts'
import type { SeedBatch, SeedSong } from './seedSong.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
beforeEach(() => database.sql`delete from public.songs`)

const ids = new SeededRandom('ids')
const batchOf = (...themes: SeedSong['themes'][]): SeedBatch => ({
  songs: themes.map((array, index) => ({ id: ids.uuid(), title: `Song ${index}`, themes: array })),
  arrangements: [],
})

const count = async () => (await database.sql`select from public.songs`).length

// Themes are read as JSON: the driver reads a NULL inside an array as the text 'NULL'.
describe('loadSongs', () => {
  it('brings odd themes to the table as they are', async () => {
    const odd: SeedSong['themes'][] = [
      null,
      [],
      [null],
      [null, 'praise', null],
      ['', ' ', '\t', '\n', '\r\n'],
      ['"', '\\', '\\N', "'", ',', '{}', '{', '}', '{a,b}', 'a,b', '"a"', '\\"'],
      ['NULL', 'null', 'Null'],
      ['praise', 'praise', ' praise ', 'Praise'],
      ['Noël', 'Noe\u0308l', '찬양', '赞美', '🎄', '👨‍👩‍👧'],
      ['\u0001', '\u001b[31m', '\u200b', '\u202e', '\ufeff', '\u0085'],
      ['x'.repeat(5000)],
    ]
    const batch = batchOf(...odd)
    await loadSongs(database.sql, [batch], 'refuse')
    const rows = await database.sql<{ id: string; themes: SeedSong['themes'] }[]>`
      select id, to_json(themes) as themes from public.songs order by array_position(${batch.songs.map(({ id }) => id)}::uuid[], id)`
    expect(rows.map(({ themes }) => themes)).toEqual(odd)
  })

  it('writes what was made: songs with their arrangements, in batches', async () => {
    const progress: number[] = []
    const loaded = await loadSongs(database.sql, makeSongs(250, '1', 100), 'refuse', (songs) => {
      progress.push(songs)
    })
    expect(loaded).toBe(250)
    expect(progress).toEqual([100, 200, 250])
    const made = Array.from(makeSongs(250, '1'))
    const rows = await database.sql`
      select id, title, artist, lyrics, to_json(themes) as themes, created_at from public.songs order by id`
    const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
    expect(rows.map((row) => ({ ...row, created_at: row.created_at.toISOString() }))).toEqual(
      made.flatMap(({ songs }) => songs).sort(byId),
    )
    const arrangements = await database.sql`
      select id, song_id, name, key, tempo, difficulty, time_signature from public.arrangements order by id`
    expect(Array.from(arrangements)).toEqual(made.flatMap((batch) => batch.arrangements).sort(byId))
  })

  it('writes nothing when the last batch fails', async () => {
    const failing = async function* () {
      yield batchOf(['a'], ['b'])
      throw new Error('the file ended in the middle')
    }
    await expect(loadSongs(database.sql, failing(), 'refuse')).rejects.toThrow('the file ended in the middle')
    expect(await count()).toBe(0)
  })

  it('writes nothing when the database refuses the last row', async () => {
    const bad: SeedBatch = { songs: [{ id: ids.uuid(), title: '   ', themes: null }], arrangements: [] }
    await expect(loadSongs(database.sql, [batchOf(['a']), bad], 'refuse')).rejects.toMatchObject({
      code: '23514',
    })
    expect(await count()).toBe(0)
  })

  it('refuses a songbook with songs, and says what to do', async () => {
    await loadSongs(database.sql, [batchOf(['a'])], 'refuse')
    const refused = loadSongs(database.sql, [batchOf(['b'])], 'refuse')
    await expect(refused).rejects.toThrow(SeedRefused)
    await expect(refused).rejects.toThrow(/--append .*--reset/)
    expect(await count()).toBe(1)
  })

  it('appends', async () => {
    await loadSongs(database.sql, makeSongs(5, '1'), 'refuse')
    await loadSongs(database.sql, makeSongs(5, '2'), 'append')
    expect(await count()).toBe(10)
  })

  it('refuses to append the same songs twice, and keeps the first', async () => {
    await loadSongs(database.sql, makeSongs(5, '1'), 'refuse')
    await expect(loadSongs(database.sql, makeSongs(5, '1'), 'append')).rejects.toThrow(
      'another --random-seed',
    )
    expect(await count()).toBe(5)
  })

  it('empties the songbook on reset, with all that hangs on its songs', async () => {
    await loadSongs(database.sql, makeSongs(5, '1'), 'refuse')
    const [song] = await database.sql`select id from public.songs limit 1`
    const [tag] = await database.sql`insert into public.tags (name) values ('Seed reset') returning id`
    await database.sql`insert into public.song_tags (song_id, tag_id) values (${song?.id}, ${tag?.id})`
    await loadSongs(database.sql, makeSongs(5, '1'), 'reset')
    expect(await count()).toBe(5)
    const [counted] = await database.sql`select usage_count::int from public.tags where id = ${tag?.id}`
    expect(counted).toEqual({ usage_count: 0 })
    expect(await database.sql`select from public.song_tags`).toHaveLength(0)
  })

  it('keeps the old songs when a reset fails', async () => {
    await loadSongs(database.sql, makeSongs(5, '1'), 'refuse')
    const failing = async function* (): AsyncGenerator<SeedBatch> {
      yield batchOf(['a'])
      throw new Error('broken')
    }
    await expect(loadSongs(database.sql, failing(), 'reset')).rejects.toThrow('broken')
    expect(await count()).toBe(5)
  })

  it('lets only one of two seeds that start together find the songbook empty', async () => {
    const outcomes = await Promise.allSettled([
      loadSongs(database.sql, makeSongs(500, '1', 50), 'refuse'),
      loadSongs(database.sql, makeSongs(500, '2', 50), 'refuse'),
    ])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await count()).toBe(500)
  })

  it('leaves statistics for the planner', async () => {
    await loadSongs(database.sql, makeSongs(1000, '1'), 'refuse')
    const estimates = await database.sql`
      select relname, reltuples::int as rows from pg_catalog.pg_class
      where oid in ('public.songs'::regclass, 'public.arrangements'::regclass) order by 1`
    const [arrangements] = await database.sql`select count(*)::int as n from public.arrangements`
    expect(Array.from(estimates)).toEqual([
      { relname: 'arrangements', rows: arrangements?.n },
      { relname: 'songs', rows: 1000 },
    ])
  })
})
