import type { SongPlace } from '../types.ts'

/** A PostgREST `or` for the songs behind a place in (title, id) order. Titles hold commas, quotes and brackets. */
export function afterPlace({ title, id }: SongPlace): string {
  const quoted = `"${title.replaceAll(/["\\]/g, '\\$&')}"`
  return `title.gt.${quoted},and(title.eq.${quoted},id.gt.${id})`
}
