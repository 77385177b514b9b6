import type { Tag } from './types.ts'

/** A song's link to a tag, as embedded in a song. `place` is the first theme that yields it, null when none does. */
export type SongTagLink = { place: number | null; tags: Tag }

/** The tags in the order of the themes that yield them; those that no theme yields come last, by name. */
export function tagsOfSong(links: readonly SongTagLink[]): Tag[] {
  return links
    .toSorted((a, b) => comparePlaces(a.place, b.place) || compareNames(a.tags.name, b.tags.name))
    .map((link) => link.tags)
}

function comparePlaces(a: number | null, b: number | null): number {
  if (a === b) return 0
  return (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY)
}

function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
