import { prettyKey } from '../songs/index.ts'
import { categoryLabel, type Tag, type TagCategory } from '../tags/index.ts'
import { rangeOf, toggle, withoutTag } from './search.ts'
import type { NumberRange, Search, TagMode } from './types.ts'

export type ActiveFilter = {
  /** Tells it apart from the others. */
  key: string
  /** What stands before the name: how a tag narrows, or what is filtered. */
  kind: string
  /** Null for a tag whose name is not known here. */
  name: string | null
  tag: { id: string; category: TagCategory | null } | null
  /** The search when it is taken off. */
  without: Search
}

type NamedTag = Pick<Tag, 'id' | 'name' | 'category'>

const kinds: Record<TagMode, string> = { all: '', any: 'any of', none: 'not' }

/** What narrows the search, in words. @param tags of which the names are known */
export function activeFilters(search: Search, tags: readonly NamedTag[]): ActiveFilter[] {
  const ofTags = (['all', 'any', 'none'] as const).flatMap((mode) =>
    search[mode].map((id) => {
      const tag = tags.find((one) => one.id === id)
      return {
        key: id,
        kind: kinds[mode],
        name: tag?.name ?? null,
        tag: { id, category: tag?.category ?? null },
        without: withoutTag(search, id),
      }
    }),
  )
  return [
    ...ofTags,
    ...search.categories.map((category) => ({
      key: category,
      kind: 'category',
      name: categoryLabel(category),
      tag: null,
      without: { ...search, categories: toggle(search.categories, category) },
    })),
    ...search.keys.map((key) => ({
      key,
      kind: 'key',
      name: prettyKey(key),
      tag: null,
      without: { ...search, keys: toggle(search.keys, key) },
    })),
    ...ofRange('difficulty', search.difficulty, { ...search, difficulty: null }),
    ...ofRange('tempo', search.tempo, { ...search, tempo: null }, ' bpm'),
  ]
}

/** “difficulty 2–4”, “up to 90 bpm”. */
function ofRange(kind: string, range: NumberRange | null, without: Search, unit = ''): ActiveFilter[] {
  const words = range && rangeWords(range)
  return words ? [{ key: kind, kind, name: `${words}${unit}`, tag: null, without }] : []
}

function rangeWords({ from, to }: NumberRange): string | null {
  if (rangeOf(from, to) === null) return null
  if (from === null) return `up to ${to}`
  if (to === null) return `from ${from}`
  return from === to ? `${from}` : `${from}–${to}`
}
