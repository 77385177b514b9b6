import type { NumberRange, Search, TagMode } from './types.ts'

export const EVERY_SONG: Search = {
  text: '',
  all: [],
  any: [],
  none: [],
  categories: [],
  keys: [],
  difficulty: null,
  tempo: null,
  sort: 'relevance',
}

const modes: readonly TagMode[] = ['all', 'any', 'none']

/** How many filters narrow the search, beside its text. */
export function countFilters(search: Search): number {
  const { all, any, none, categories, keys, difficulty, tempo } = search
  const lists = [all, any, none, categories, keys]
  return (
    lists.reduce((sum, { length }) => sum + length, 0) + Number(difficulty !== null) + Number(tempo !== null)
  )
}

/** Whether it is about some songs, and not about all of them in some order. */
export function isNarrowed(search: Search): boolean {
  return search.text !== '' || countFilters(search) > 0
}

export function modeOf(search: Search, tagId: string): TagMode | null {
  return modes.find((mode) => search[mode].includes(tagId)) ?? null
}

/** The search with a tag in this mode; without it when it was. */
export function toggleTag(search: Search, tagId: string, mode: TagMode): Search {
  const without = withoutTag(search, tagId)
  return search[mode].includes(tagId) ? without : { ...without, [mode]: [...without[mode], tagId] }
}

export function withoutTag(search: Search, tagId: string): Search {
  const others = (ids: readonly string[]) => ids.filter((id) => id !== tagId)
  return { ...search, all: others(search.all), any: others(search.any), none: others(search.none) }
}

export function toggle<Item>(list: readonly Item[], item: Item): Item[] {
  return list.includes(item) ? list.filter((other) => other !== item) : [...list, item]
}

/** Null when it is open at both ends. */
export function rangeOf(from: number | null, to: number | null): NumberRange | null {
  return from === null && to === null ? null : { from, to }
}

export function isUpsideDown(range: NumberRange | null): boolean {
  return range !== null && range.from !== null && range.to !== null && range.from > range.to
}

/** The same search, without its filters. */
export function withoutFilters({ text, sort }: Search): Search {
  return { ...EVERY_SONG, text, sort }
}
