import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { foldName } from '../../../lib/folding.ts'
import { narrowSuggestions } from '../services/narrowSuggestions.ts'
import { type SuggestedTags, suggestTags } from '../services/tagService.ts'
import { tagKeys } from './tagKeys.ts'

/** More than anybody reads: an answer that holds everything serves what is typed next, too. */
const LIMIT = 50
/** ms */
const FRESH = 60_000
/** Letters; no name is much longer. */
const LONGEST_BEGINNING = 60

/** What the server suggests. Asks nothing when a complete answer to the query's beginning holds it. */
export function suggestedTagsQuery(query: string, chosen: readonly string[]) {
  const folded = foldName(query)
  return queryOptions({
    queryKey: tagKeys.suggest(folded, chosen),
    queryFn: ({ signal, client }) =>
      fromBeginning(client, folded, chosen) ?? suggestTags(query, { limit: LIMIT, chosen }, signal),
    staleTime: FRESH,
  })
}

function fromBeginning(client: QueryClient, folded: string, chosen: readonly string[]): SuggestedTags | null {
  for (let length = Math.min(folded.length - 1, LONGEST_BEGINNING); length > 0; length--) {
    const answer = client.getQueryState<SuggestedTags>(tagKeys.suggest(folded.slice(0, length), chosen))
    const isFresh = answer && !answer.isInvalidated && Date.now() - answer.dataUpdatedAt < FRESH
    const narrowed = isFresh && answer.data && narrowSuggestions(answer.data, folded)
    if (narrowed) return narrowed
  }
  return null
}
