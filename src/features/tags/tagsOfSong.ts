import type { Tag } from './types.ts'

/** A song's link to a tag, as embedded in a song. */
export type SongTagLink = { created_at: string; tags: Tag }

/** The tags in the order in which they were given; those given at the same moment by name. */
export function tagsOfSong(links: readonly SongTagLink[]): Tag[] {
  return links
    .toSorted((a, b) => compare(a.created_at, b.created_at) || compare(a.tags.name, b.tags.name))
    .map((link) => link.tags)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
