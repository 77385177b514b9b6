import { foldName } from '../../lib/folding.ts'
import { storableText } from '../../lib/storableText.ts'
import { type ChosenTag, type Tag, tagKey } from '../tags/index.ts'
import type { Song } from './services/songService.ts'
import type { SongChanges, SongFields } from './types.ts'

/** What a person writes of a song, as the form holds it: empty text where nothing is known. */
export type SongValues = { title: string; artist: string; lyrics: string; tags: readonly ChosenTag[] }

export type SongEdit = {
  changes: SongChanges
  tags: { ids: string[]; names: string[]; removed: string[] }
}

export const NEW_SONG: SongValues = { title: '', artist: '', lyrics: '', tags: [] }

type Written = Pick<Song, 'title' | 'artist' | 'lyrics'> & { tags: readonly ChosenTag[] }

/** A song as its form holds it. */
export function valuesOf({ title, artist, lyrics, tags }: Written): SongValues {
  return {
    title,
    artist: artist ?? '',
    lyrics: lyrics ?? '',
    tags: tags.map(({ id, name, category }) => ({ id, name, category })),
  }
}

/** The fields as they are stored: no blanks around the title and the artist, NULL where there is nothing. */
export function fieldsOf({ title, artist, lyrics }: SongValues): SongFields {
  return {
    title: storableText(title.trim()),
    artist: storableText(artist.trim()) || null,
    lyrics: lyrics.trim() ? storableText(lyrics) : null,
  }
}

/** What has to be written so that the song that was read becomes what the form holds. */
export function songEdit(read: SongValues, values: SongValues): SongEdit {
  const before = fieldsOf(read)
  const now = fieldsOf(values)
  const changes: SongChanges = {}
  if (now.title !== before.title) changes.title = now.title
  if (now.artist !== before.artist) changes.artist = now.artist
  if (now.lyrics !== before.lyrics) changes.lyrics = now.lyrics
  const had = new Set(read.tags.map(tagKey))
  const has = new Set(values.tags.map(tagKey))
  const added = values.tags.filter((tag) => !had.has(tagKey(tag)))
  return {
    changes,
    tags: {
      ids: added.flatMap(({ id }) => id ?? []),
      names: added.flatMap(({ id, name }) => (id === null ? name : [])),
      removed: read.tags.filter((tag) => !has.has(tagKey(tag))).flatMap(({ id }) => id ?? []),
    },
  }
}

/** Whether there is nothing to write. */
export function isEmptyEdit({ changes, tags }: SongEdit): boolean {
  return Object.keys(changes).length + tags.ids.length + tags.names.length + tags.removed.length === 0
}

/** Whether a song is what the edit was to make of it: so it is when only the answer was lost. */
export function isWritten(
  { changes, tags }: SongEdit,
  song: Pick<Song, 'title' | 'artist' | 'lyrics'> & { tags: readonly Tag[] },
): boolean {
  const fields = ['title', 'artist', 'lyrics'] as const
  const ids = new Set(song.tags.map(({ id }) => id))
  const names = new Set(song.tags.map((tag) => tag.normalized_name))
  return (
    fields.every((field) => changes[field] === undefined || changes[field] === song[field]) &&
    tags.ids.every((id) => ids.has(id)) &&
    tags.names.every((name) => names.has(foldName(name))) &&
    !tags.removed.some((id) => ids.has(id))
  )
}
