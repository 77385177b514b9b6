import { ServiceError } from '../../../lib/ServiceError.ts'
import { storableText } from '../../../lib/storableText.ts'
import { getSupabase } from '../../../lib/supabase.ts'
import { unwrap } from '../../../lib/unwrap.ts'
import { tagsOfSong } from '../../tags/index.ts'
import type { SongChanges, SongFields, SongFilter, SongPlace } from '../types.ts'
import { afterPlace } from './afterPlace.ts'
import { addedSchema, editSong } from './editSong.ts'
import { retryOnce } from './retryOnce.ts'
import { titlePattern } from './titlePattern.ts'

const pageSize = 50

const listColumns = 'id, title, artist, song_tags(place, tags(id, name, normalized_name, category))'
const songColumns =
  `${listColumns}, lyrics, version, created_by, arrangements(id, name, key, tempo, difficulty, time_signature)` as const

// A second embedding carries the filter: filtering the first one would hide the song's other tags.
const onlyTagged = 'carries:song_tags!inner(tag_id)'

/** One page of songs by title, starting behind `after`. `next` is where the following page starts, or null. */
export async function fetchSongPage(filter: SongFilter, after: SongPlace | null, signal: AbortSignal) {
  const { title, tagId } = filter
  // Nobody reads the filtering embedding, so the rows keep the type that they have without it.
  const columns = (tagId === null ? listColumns : `${listColumns}, ${onlyTagged}`) as typeof listColumns
  let query = getSupabase().from('songs').select(columns)
  if (tagId !== null) query = query.eq('carries.tag_id', tagId)
  if (title) query = query.ilike('title', titlePattern(title))
  // The `or` is exact; `gte` says the same more loosely, but lets the index start there instead of at A.
  if (after) query = query.gte('title', after.title).or(afterPlace(after))
  const response = await query.order('title').order('id').limit(pageSize).abortSignal(signal)
  const songs = unwrap('read the songs', response).map(({ id, title, artist, song_tags }) => ({
    id,
    title,
    artist,
    tags: tagsOfSong(song_tags),
  }))
  const last = songs.at(-1)
  return { songs, next: last && songs.length === pageSize ? { title: last.title, id: last.id } : null }
}

export type ListedSong = Awaited<ReturnType<typeof fetchSongPage>>['songs'][number]

/** How many songs a filter leaves. */
export async function countSongs({ title, tagId }: SongFilter, signal: AbortSignal): Promise<number> {
  const columns = (tagId === null ? 'id' : `id, ${onlyTagged}`) as 'id'
  const songs = getSupabase().from('songs').select(columns, { count: 'exact', head: true })
  const tagged = tagId === null ? songs : songs.eq('carries.tag_id', tagId)
  const titled = title ? tagged.ilike('title', titlePattern(title)) : tagged
  const response = await titled.abortSignal(signal)
  unwrap('count the songs', response)
  return response.count ?? 0
}

/** One song with everything its page shows but the old themes; null when there is none with this id. */
export async function fetchSong(id: string, signal: AbortSignal) {
  const response = await getSupabase()
    .from('songs')
    .select(songColumns)
    .eq('id', id)
    .order('created_at', { referencedTable: 'arrangements' })
    .order('id', { referencedTable: 'arrangements' })
    .abortSignal(signal)
    .maybeSingle()
  const song = unwrap('read the song', response)
  if (!song) return null
  const { song_tags, ...rest } = song
  return { ...rest, tags: tagsOfSong(song_tags) }
}

export type Song = NonNullable<Awaited<ReturnType<typeof fetchSong>>>
export type Arrangement = Song['arrangements'][number]

/** `null` is a song without a list, `[]` one with an empty list; the generated types do not know that elements may be null. */
export type WrittenThemes = { kept: true; themes: readonly (string | null)[] | null } | { kept: false }

/**
 * The free-text themes from before tags, exactly as they are stored. Asked for apart from the song, so that the song's
 * page goes on working in an open tab on the day the column is dropped.
 */
export async function fetchWrittenThemes(songId: string, signal: AbortSignal): Promise<WrittenThemes> {
  const response = await getSupabase()
    .from('songs')
    .select('themes')
    .eq('id', songId)
    .abortSignal(signal)
    .maybeSingle()
  try {
    const song = unwrap('read the old themes', response)
    return song ? { kept: true, themes: song.themes } : { kept: false }
  } catch (error) {
    const columnIsGone = error instanceof ServiceError && error.code === '42703'
    if (columnIsGone) return { kept: false }
    throw error
  }
}

/** What to tag a song with: tags by their ids, and names, of which those that are new become custom tags. */
export type NewTags = { ids?: readonly string[]; names?: readonly string[] }

/** @param removed ids of the tags that go */
export type TagChanges = NewTags & { removed?: readonly string[] }

/**
 * Writes what has changed of a song, fields and tags, all or nothing. @param version the one that was read
 * @returns the song's next version and its tags as they are now: themes may have changed them
 * @throws EditConflict when somebody else has changed the song since; nothing is written then
 * @throws ServiceError
 */
export function saveSong(
  id: string,
  version: number,
  changes: SongChanges,
  { ids = [], names = [], removed = [] }: TagChanges = {},
) {
  return editSong('save the song', () =>
    getSupabase().rpc('edit_song', {
      p_song: id,
      p_version: version,
      p_changes: changes,
      p_add: [...ids],
      p_names: names.map(storableText),
      p_remove: [...removed],
    }),
  )
}

/** Adds a song of the caller's own with its tags, all or nothing. @returns it with its id @throws ServiceError */
export async function addSong(fields: SongFields, { ids = [], names = [] }: NewTags) {
  const answer = await retryOnce(() =>
    getSupabase().rpc('add_song', { p_fields: fields, p_tags: [...ids], p_names: names.map(storableText) }),
  )
  return addedSchema.parse(unwrap('add the song', answer))
}

/**
 * Adds tags to a song; at most 10 of the names may be new. @param version the one that was read; null to add in any case
 * @throws EditConflict when somebody else has changed the song since; nothing is written then
 * @throws ServiceError
 */
export function tagSong(id: string, version: number | null, { ids = [], names = [] }: NewTags) {
  return editSong('tag the song', () =>
    getSupabase().rpc('tag_song', {
      p_song: id,
      p_tags: [...ids],
      p_names: names.map(storableText),
      ...(version !== null && { p_version: version }),
    }),
  )
}

/** Removes tags from a song. @throws as tagSong does */
export function untagSong(id: string, version: number | null, tagIds: readonly string[]) {
  return editSong('untag the song', () =>
    getSupabase().rpc('untag_song', {
      p_song: id,
      p_tags: [...tagIds],
      ...(version !== null && { p_version: version }),
    }),
  )
}
