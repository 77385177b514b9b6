import { retryOnce } from '../../../lib/retryOnce.ts'
import { storableText } from '../../../lib/storableText.ts'
import { getSupabase } from '../../../lib/supabase.ts'
import { unwrap } from '../../../lib/unwrap.ts'
import type { SongChanges, SongFields } from '../types.ts'
import { addedSchema, editSong } from './editSong.ts'

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

/**
 * Adds a song of the caller's own with its tags, all or nothing. @param id its own: sent once more, because an answer got
 * lost, it is the same song, with what is sent then
 * @returns its version and its tags as they are stored
 * @throws ServiceError PT409 when the song has been edited since it was added
 */
export async function addSong(id: string, fields: SongFields, { ids = [], names = [] }: NewTags) {
  const answer = await retryOnce(() =>
    getSupabase().rpc('add_song', {
      p_id: id,
      p_fields: fields,
      p_tags: [...ids],
      p_names: names.map(storableText),
    }),
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
