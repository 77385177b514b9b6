import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { CatalogTag, Suggestion } from '../catalog/types.ts'
import { useCatalog } from '../queries/catalog.ts'
import { companionsQuery } from '../queries/companions.ts'
import { useAutocompleteTime } from './useAutocompleteTime.ts'
import { useServerSuggestions } from './useServerSuggestions.ts'
import { useTagMatcher } from './useTagMatcher.ts'

/** As many as a phone shows above its keyboard. Each row more is a tenth of what a key press costs. */
const SUGGESTIONS = 6
const QUICK_PICKS = 10

export type TagSuggestions = {
  /** `offline`: there is nothing on this device to answer from, and no connection. */
  state: 'ready' | 'loading' | 'failed' | 'offline'
  /** The server is being asked: whether there is such a tag already is not known yet. */
  isAsking: boolean
  /** The most used tags, those with most songs first. */
  popular: readonly CatalogTag[]
  /** For the query, best first. */
  suggestions: readonly Suggestion[]
  /** Tags that a new one of the query's name would nearly repeat. */
  near: readonly Suggestion[]
  /** The tag that has this name or synonym, however it is spelled. */
  find: (name: string) => CatalogTag | null
  /** Asks again. */
  retry: () => void
}

/**
 * Answers from memory, in the same render as the key press: no request, no wait. Only when there are too many tags to
 * have them all here, the server is asked.
 */
export function useTagSuggestions(query: string, chosen: ReadonlySet<string>): TagSuggestions {
  const catalog = useCatalog()
  const matcher = useTagMatcher(catalog.data)
  const isPartial = catalog.data?.partial === true
  const server = useServerSuggestions(query, chosen, isPartial)
  const { data: companions } = useQuery(companionsQuery([...chosen]))

  const popular = useMemo(() => mostUsed(catalog.data?.tags ?? []), [catalog.data])
  const fromMemory = useMemo(
    () =>
      query === '' || !matcher
        ? []
        : matcher.suggest(query, { limit: SUGGESTIONS, chosen, ...(companions && { companions }) }),
    [matcher, query, chosen, companions],
  )
  const near = useMemo(() => {
    if (query === '') return []
    return isPartial
      ? server.suggestions.filter(({ kind }) => kind === 'exact' || kind === 'typo')
      : (matcher?.nearDuplicates(query) ?? [])
  }, [isPartial, server.suggestions, matcher, query])

  const isAnswered = isPartial
    ? server.answer.isSuccess && !server.answer.isPlaceholderData
    : matcher !== undefined
  useAutocompleteTime(query, isPartial ? 'server' : 'local', isAnswered)
  const asked = isPartial && query !== '' ? server.answer : catalog
  const isKnown = isPartial ? asked.data !== undefined && !asked.isPlaceholderData : matcher !== undefined
  const state = isKnown ? 'ready' : stateOf(asked)
  return {
    state,
    isAsking: isPartial && state === 'loading',
    popular,
    suggestions: isPartial ? server.suggestions.slice(0, SUGGESTIONS) : fromMemory,
    near,
    find: (name) => matcher?.nearDuplicates(name).find(({ kind }) => kind === 'exact')?.tag ?? null,
    retry: () => void asked.refetch(),
  }
}

function stateOf({ isError, fetchStatus }: { isError: boolean; fetchStatus: string }) {
  if (isError) return 'failed'
  return fetchStatus === 'paused' ? 'offline' : 'loading'
}

function mostUsed(tags: readonly CatalogTag[]): CatalogTag[] {
  return tags
    .filter((tag) => tag.usage > 0)
    .sort((a, b) => b.usage - a.usage || (a.name < b.name ? -1 : 1))
    .slice(0, QUICK_PICKS)
}
