import { personalKey } from '../../../lib/personalKey.ts'
import type { SongFilter } from '../types.ts'

export const songKeys = {
  all: ['songs'] as const,
  lists: () => [...songKeys.all, 'list'] as const,
  list: (filter: SongFilter) => [...songKeys.lists(), filter] as const,
  counts: () => [...songKeys.all, 'count'] as const,
  count: (filter: SongFilter) => [...songKeys.counts(), filter] as const,
  song: (id: string) => [...songKeys.all, 'song', id] as const,
  /** Of the mutations that tag a song. */
  tagging: (id: string) => [...songKeys.song(id), 'tagging'] as const,
  /** Of the mutations that save a song's form; null for a new song. */
  saving: (id: string | null) => [...songKeys.all, 'saving', id] as const,
  /** What somebody has typed into a song's form and not saved; null for a new song. */
  draft: (id: string | null) => [...personalKey, 'song-draft', id] as const,
  writtenThemes: (id: string) => [...songKeys.song(id), 'written-themes'] as const,
}
