import { personalKey } from '../../../lib/personalKey.ts'

export const songKeys = {
  all: ['songs'] as const,
  /** Whatever shows several songs. */
  lists: () => [...songKeys.all, 'list'] as const,
  song: (id: string) => [...songKeys.all, 'song', id] as const,
  /** Of the mutations that tag a song. */
  tagging: (id: string) => [...songKeys.song(id), 'tagging'] as const,
  /** Of the mutations that save a song's form; null for a new song. */
  saving: (id: string | null) => [...songKeys.all, 'saving', id] as const,
  /** What somebody has typed into a song's form and not saved; null for a new song. */
  draft: (id: string | null) => [...personalKey, 'song-draft', id] as const,
  writtenThemes: (id: string) => [...songKeys.song(id), 'written-themes'] as const,
}

/** The key under which every query of several songs stands: it is read anew when one of them has changed. */
export const songListsKey = songKeys.lists()

/** What answers about several songs depend on in the cache. */
export const SONG_ANSWERS = 'songs'
