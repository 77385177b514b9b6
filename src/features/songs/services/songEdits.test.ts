import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { migrate } from '../../../../scripts/testing/syncFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { newId } from '../../../lib/newId.ts'
import { ServiceError } from '../../../lib/ServiceError.ts'
import { getSupabase } from '../../../lib/supabase.ts'
import { EVERY_SONG } from '../../search/search.ts'
import { searchSongs } from '../../search/services/searchService.ts'
import { EditConflict } from './EditConflict.ts'
import { addSong, saveSong, tagSong, untagSong } from './songEdits.ts'
import { fetchSong } from './songService.ts'

let database: TestDatabase
let tags: Map<string, string>

beforeAll(async () => {
  database = await createTestDatabase({ http: true })
  // The page's one element that the configuration is read from.
  const textContent = JSON.stringify({
    VITE_SUPABASE_URL: database.apiUrl,
    VITE_SUPABASE_PUBLISHABLE_KEY: database.publishableKey,
  })
  vi.stubGlobal('document', { getElementById: () => ({ textContent }) })
  await getSupabase().auth.signUp({ email: 'owner@example.org', password: 'a long password' })
  const rows = await database.sql<{ id: string; name: string }[]>`select id, name from public.tags`
  tags = new Map(rows.map((row) => [row.name, row.id]))
})
afterAll(async () => {
  vi.unstubAllGlobals()
  await database.drop()
})

async function add(themes: string[] | null = null): Promise<string> {
  const { data, error } = await getSupabase()
    .from('songs')
    .insert({ title: 'Mine', themes })
    .select('id')
    .single()
  if (error !== null) throw error
  return data.id
}
/** Resolves when a statement of this database waits for another one's transaction. */
async function blocked(): Promise<void> {
  for (;;) {
    const waiting = await database.sql`
      select from pg_catalog.pg_locks as l
      join pg_catalog.pg_stat_activity as a on a.pid = l.pid
      where not l.granted and a.datname = current_database()`
    if (waiting.length > 0) return
  }
}
const id = (name: string) => tags.get(name) ?? ''
const names = ({ tags: found }: { tags: { name: string }[] }) => found.map((tag) => tag.name)

describe('an editor', () => {
  test('never conflicts with herself: every answer carries the next version', async () => {
    const song = await add()
    const saved = await saveSong(song, 1, { title: 'Better', lyrics: null })
    const tagged = await tagSong(song, saved.version, { ids: [id('Hope'), id('Grace')], names: ['My own'] })
    expect(names(tagged)).toEqual(['Grace', 'Hope', 'My own'])
    const untagged = await untagSong(song, tagged.version, [id('Hope')])
    expect(names(untagged)).toEqual(['Grace', 'My own'])
    expect([saved.version, tagged.version, untagged.version]).toEqual([2, 3, 4])
    expect(await saveSong(song, untagged.version, { themes: ['Any', null] })).toMatchObject({ version: 5 })
    const [row] =
      await database.sql`select title, artist, lyrics, themes, version from public.songs where id = ${song}`
    expect(row).toEqual({ title: 'Better', artist: null, lyrics: null, themes: ['Any', 'NULL'], version: 5 })
  })

  test('is told of a change that somebody else has made, with the version that stands, and writes nothing', async () => {
    const song = await add()
    await database.sql`update public.songs set title = 'Theirs' where id = ${song}`
    for (const edit of [
      () => saveSong(song, 1, { title: 'Mine' }),
      () => tagSong(song, 1, { ids: [id('Grace')] }),
      () => untagSong(song, 1, [id('Grace')]),
    ]) {
      const failure = await edit().then(
        () => undefined,
        (error: unknown) => error,
      )
      expect(failure).toBeInstanceOf(EditConflict)
      expect(failure).toMatchObject({ currentVersion: 2, cause: { status: 409, code: 'PT409' } })
    }
    const [row] = await database.sql`select title, version from public.songs where id = ${song}`
    expect(row).toEqual({ title: 'Theirs', version: 2 })
    expect(await database.sql`select from public.song_tags where song_id = ${song}`).toHaveLength(0)
  })

  test('adds and removes tags whatever the version when she says none', async () => {
    const song = await add()
    expect(await tagSong(song, null, { ids: [id('Grace')] })).toMatchObject({ version: 2 })
    expect(await tagSong(song, null, { names: ['grace'] })).toMatchObject({ version: 2 })
    expect(await untagSong(song, null, [id('Grace')])).toEqual({ version: 3, tags: [] })
  })

  test('saves fields and tags in one step, and nothing of it when a part is refused', async () => {
    const song = await add()
    await tagSong(song, 1, { ids: [id('Hope'), id('Lent')] })
    const saved = await saveSong(
      song,
      2,
      { title: 'Whole' },
      { ids: [id('Grace')], names: ['Mine alone'], removed: [id('Hope')] },
    )
    expect(names(saved)).toEqual(['Grace', 'Lent', 'Mine alone'])
    const many = Array.from({ length: 11 }, (_, n) => `Also new ${n}`)
    await expect(
      saveSong(song, saved.version, { title: 'Half' }, { names: many, removed: [id('Lent')] }),
    ).rejects.toMatchObject({ code: '23514' })
    await expect(saveSong(song, 2, { title: 'Late' }, { removed: [id('Lent')] })).rejects.toBeInstanceOf(
      EditConflict,
    )
    expect(await fetchSong(song, new AbortController().signal)).toMatchObject({
      title: 'Whole',
      version: saved.version,
      tags: saved.tags,
    })
  })

  test('adds a song of her own with its tags, or none of it', async () => {
    const added = await addSong(
      newId(),
      { title: 'New here', artist: null, lyrics: 'One line' },
      { ids: [id('Grace')], names: ['grace', 'Newest'] },
    )
    expect(names(added)).toEqual(['Grace', 'Newest'])
    expect(await fetchSong(added.id, new AbortController().signal)).toMatchObject({
      title: 'New here',
      artist: null,
      lyrics: 'One line',
      version: added.version,
      tags: added.tags,
    })
    const gone = { ids: [crypto.randomUUID()] }
    const notKept = addSong(newId(), { title: 'Not kept', artist: null, lyrics: null }, gone)
    await expect(notKept).rejects.toBeInstanceOf(ServiceError)
    expect(await database.sql`select from public.songs where title = 'Not kept'`).toHaveLength(0)
  })

  test('sent once more, a new song is the same one, with what is sent then; not once it has been edited', async () => {
    const song = newId()
    const fields = { title: 'Answer lost', artist: null, lyrics: null }
    const sent = { ids: [id('Grace')], names: ['Lost one'] }
    const first = await addSong(song, fields, sent)
    expect(await addSong(song, fields, sent)).toEqual(first)
    expect(await addSong(song, fields, sent)).toEqual(first)
    const again = await addSong(
      song,
      { ...fields, artist: 'Since' },
      { ids: [id('Hope')], names: ['Lost one'] },
    )
    expect(names(again)).toEqual(['Hope', 'Lost one'])
    const stored = () => database.sql`select id, artist from public.songs where title = 'Answer lost'`
    expect(await stored()).toEqual([{ id: song, artist: 'Since' }])
    await saveSong(song, again.version, { artist: 'Edited' })
    await expect(addSong(song, fields, {})).rejects.toMatchObject({ code: 'PT409' })
    expect(await stored()).toEqual([{ id: song, artist: 'Edited' }])

    const [other] = await database.sql<{ id: string }[]>`
      insert into public.songs (title) values ('Somebody else’s') returning id`
    await expect(addSong(other?.id ?? '', fields, {})).rejects.toMatchObject({ code: '42501' })
  })

  test.each([
    ['somebody else’s song', '42501', 403],
    ['a song that is gone', 'PT404', 404],
  ])('is refused: %s', async (what, code, status) => {
    const [other] = await database.sql<
      { id: string }[]
    >`insert into public.songs (title) values ('Other') returning id`
    const song = what === 'a song that is gone' ? crypto.randomUUID() : (other?.id ?? '')
    const failure = await tagSong(song, null, { ids: [id('Grace')] }).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ServiceError)
    expect(failure).toMatchObject({ code, status })
  })

  test('adds the names when a list of ids is left out as null', async () => {
    const song = await add()
    const none: string[] = JSON.parse('null')
    const edit = {
      p_song: song,
      p_version: 1,
      p_changes: {},
      p_add: none,
      p_names: ['By name'],
      p_remove: none,
    }
    expect((await getSupabase().rpc('edit_song', edit)).data).toMatchObject({ tags: [{ name: 'By name' }] })
    const added = { p_fields: { title: 'Named' }, p_tags: none, p_names: ['By name'] }
    expect((await getSupabase().rpc('add_song', added)).data).toMatchObject({ tags: [{ name: 'By name' }] })
  })

  test('may write what Postgres cannot hold, as anybody may look for it: that is replaced', async () => {
    const song = await add()
    const tagged = await tagSong(song, 1, { names: ['Torn\ud83d', 'a\0b', '\u200eSeen\u200f'] })
    expect(names(tagged)).toEqual(['Seen', 'Torn\ufffd', 'a\ufffdb'])
    const signal = new AbortController().signal
    for (const title of ['a\0b', '\udc00']) {
      expect(await searchSongs({ ...EVERY_SONG, text: title }, null, signal)).toMatchObject({
        songs: [],
        total: 0,
      })
    }
  })

  test.each([
    ['no name', ''],
    ['more than fifty letters', 'x'.repeat(51)],
    ['a book', 'é'.repeat(100_000)],
  ])('is refused %s as a tag, in plain words', async (_, name) => {
    await expect(tagSong(await add(), 1, { names: ['Fine', name] })).rejects.toMatchObject({
      code: '23514',
      message: 'Could not tag the song: A tag has a name of 1 to 50 letters.',
    })
  })

  test.each(['Unwanted', 'Unwanted too'])('is refused the banned %s in plain words', async (name) => {
    await database.sql`
      with banned as (
        insert into public.tags (name, banned_at) values ('Unwanted', now()) on conflict do nothing returning id
      )
      insert into public.tag_synonyms (tag_id, name) select b.id, 'Unwanted too' from banned as b`
    await expect(tagSong(await add(), 1, { names: ['Fine', name] })).rejects.toMatchObject({
      code: '42501',
      message: 'Could not tag the song: This tag is banned.',
    })
  })

  test('gets the tag whose synonym a name has just become', async () => {
    const song = await add()
    const other = await database.sql.reserve()
    try {
      await other`begin`
      await other`insert into public.tag_synonyms (tag_id, name) values (${id('Grace')}, 'Just become')`
      const tagging = tagSong(song, 1, { names: ['Just become', 'And another'] })
      await blocked()
      await other`commit`
      expect(names(await tagging)).toEqual(['And another', 'Grace'])
    } finally {
      other.release()
    }
  })

  test('is refused more than 10 new tags in one step, and a field that a song does not have', async () => {
    const song = await add()
    const many = Array.from({ length: 11 }, (_, n) => `Brand new ${n}`)
    await expect(tagSong(song, null, { names: many })).rejects.toMatchObject({ code: '23514', status: 400 })
    expect(await database.sql`select from public.tags where name like 'Brand new%'`).toHaveLength(0)
    expect(names(await tagSong(song, null, { names: [...many.slice(0, 10), 'Grace'] }))).toHaveLength(11)
    const { error } = await getSupabase().rpc('save_song', {
      p_song: song,
      p_version: 2,
      p_changes: { version: 9 },
    })
    expect(error).toMatchObject({ code: '22023', message: 'A song has no version to change.' })
  })
})

test('what the database took back in favour of somebody else is sent again, once', async () => {
  const song = await add()
  // The first two statements are taken back, as by a deadlock.
  await database.sql.unsafe(`
    create sequence public.tries;
    create function public.take_back() returns trigger language plpgsql security definer as $$
    begin
      if nextval('public.tries') <= 2 then raise exception using errcode = '40P01', message = 'deadlock detected'; end if;
      return null;
    end $$;
    create trigger take_back before insert on public.song_tags for each statement execute function public.take_back()`)
  await expect(tagSong(song, 1, { ids: [id('Grace')] })).rejects.toMatchObject({ code: '40P01' })
  expect(await tagSong(song, 1, { ids: [id('Grace')] })).toMatchObject({ version: 2 })
  await database.sql.unsafe('alter sequence public.tries restart with 2')
  expect(await tagSong(song, 2, { ids: [id('Hope')] })).toMatchObject({ version: 3 })
  await database.sql.unsafe(
    'drop trigger take_back on public.song_tags; drop function public.take_back(); drop sequence public.tries',
  )
})

test('a song shows its tags in the order of the themes that yield them, then the others by name', async () => {
  const song = await add(['Mercy', 'Hope', 'mercy'])
  await tagSong(song, null, { ids: [id('Lent'), id('Grace'), id('Mercy')] })
  await migrate(database)
  const { tags: edited, version } = await tagSong(song, null, { ids: [id('Advent')] })
  const { signal } = new AbortController()
  const order = ['Mercy', 'Hope', 'Advent', 'Grace', 'Lent']
  expect(edited.map((tag) => tag.name)).toEqual(order)
  expect((await fetchSong(song, signal))?.tags.map((tag) => tag.name)).toEqual(order)
  const page = await searchSongs({ ...EVERY_SONG, all: [id('Advent')] }, null, signal)
  expect(page.songs.map((listed) => listed.tags.map((tag) => tag.name))).toEqual([order])
  await saveSong(song, version, { themes: ['Advent', 'Hope', 'Mercy'] })
  expect((await fetchSong(song, signal))?.tags.map((tag) => tag.name)).toEqual([
    'Advent',
    'Hope',
    'Mercy',
    'Grace',
    'Lent',
  ])
})
