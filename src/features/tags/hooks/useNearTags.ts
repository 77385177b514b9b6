import { useMemo } from 'react'
import type { CatalogTag, TagMatcher } from '../catalog/types.ts'
import { useCatalog } from '../queries/catalog.ts'
import { useTagMatcher } from './useTagMatcher.ts'

const MOST = 6
/** More words than these are a text that was pasted, and no search. */
const MOST_WORDS = 12
/** Letters of a text that are compared: more than any name has. */
const COMPARED = 60

/** Tags that somebody may have meant by a text: nearest are those of its whole, then those of each of its words. */
export function useNearTags(text: string): readonly CatalogTag[] {
  const { data } = useCatalog()
  const matcher = useTagMatcher(data)
  return useMemo(() => (matcher ? nearTags(matcher, text) : []), [matcher, text])
}

function nearTags(matcher: TagMatcher, text: string): CatalogTag[] {
  const whole = text.slice(0, COMPARED)
  const words = text.split(/\s+/).filter(Boolean).slice(0, MOST_WORDS)
  const near = [
    ...matcher.nearDuplicates(whole),
    ...matcher.suggest(whole, { limit: MOST }),
    ...words.flatMap((word) => matcher.nearDuplicates(word.slice(0, COMPARED))),
  ]
  return [...new Map(near.map(({ tag }) => [tag.id, tag])).values()].slice(0, MOST)
}
