import type { SongFilter } from '../types.ts'

export const songKeys = {
  all: ['songs'] as const,
  lists: () => [...songKeys.all, 'list'] as const,
  list: (filter: SongFilter) => [...songKeys.lists(), filter] as const,
  counts: () => [...songKeys.all, 'count'] as const,
  count: (filter: SongFilter) => [...songKeys.counts(), filter] as const,
  song: (id: string) => [...songKeys.all, 'song', id] as const,
  writtenThemes: (id: string) => [...songKeys.song(id), 'written-themes'] as const,
}
