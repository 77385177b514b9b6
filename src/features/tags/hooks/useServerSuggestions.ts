import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { createTagMatcher } from '../catalog/tagMatcher.ts'
import type { Suggestion } from '../catalog/types.ts'
import { suggestedTagsQuery } from '../queries/suggestedTags.ts'
import type { SuggestedTags } from '../services/tagService.ts'

/**
 * What the server suggests, for a catalogue that is too large to have here. A request that the next key overtakes is
 * called off. Until the answer is there those of the rows before stay that fit: any other would be taken by mistake.
 */
export function useServerSuggestions(query: string, chosen: ReadonlySet<string>, enabled: boolean) {
  const answer = useQuery({
    ...suggestedTagsQuery(query, [...chosen]),
    enabled: enabled && query !== '',
    placeholderData: keepPreviousData,
  })
  const data = query === '' ? undefined : answer.data
  const isOfBefore = answer.isPlaceholderData
  const suggestions = useMemo(() => {
    if (!data) return []
    return isOfBefore ? fitting(query, data) : withHighlights(query, data)
  }, [query, data, isOfBefore])
  return { answer, suggestions }
}

function fitting(query: string, { suggestions }: SuggestedTags): Suggestion[] {
  return createTagMatcher(suggestions.map(({ tag }) => tag)).suggest(query, { limit: suggestions.length })
}

/** The server says what matched; where in the name, the matcher says of these few. */
function withHighlights(query: string, { suggestions }: SuggestedTags): Suggestion[] {
  const limit = suggestions.length
  const here = createTagMatcher(suggestions.map(({ tag }) => tag)).suggest(query, { limit })
  const found = new Map(here.map((one) => [one.tag.id, one]))
  return suggestions.map((one) => {
    const same = found.get(one.tag.id)
    return { ...one, highlights: same && same.via === one.via ? same.highlights : [] }
  })
}
