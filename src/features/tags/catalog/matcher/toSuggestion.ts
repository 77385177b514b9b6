import { foldName } from '../../../../lib/folding.ts'
import { highlightRange } from '../../../../lib/highlightRange.ts'
import type { MatchKind, Suggestion } from '../types.ts'
import type { MatcherIndex } from './matcherIndex.ts'
import { OWN_NAME } from './spellings.ts'

/**
 * What a person is shown of a match.
 *
 * @param matched ranges of the spelling's key
 */
export function toSuggestion(
  { catalog, spellings }: MatcherIndex,
  spelling: number,
  kind: MatchKind,
  matched: readonly (readonly [from: number, to: number])[],
): Suggestion {
  const tag = catalog[spellings.tags[spelling] ?? 0]
  if (!tag) throw new RangeError(`There is no spelling ${spelling}.`)
  const synonym = spellings.synonyms[spelling] ?? OWN_NAME
  const via = synonym === OWN_NAME ? null : (tag.synonyms[synonym] ?? null)
  const written = via ?? tag.name
  const key = foldName(written)
  return { tag, kind, via, highlights: matched.map(([from, to]) => highlightRange(written, key, from, to)) }
}
