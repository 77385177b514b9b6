import { foldName, isBlankName } from '../../lib/folding.ts'
import { MAX_NAME_LENGTH, nameLength } from '../songs/validation/utils/displayName.ts'
import type { CatalogTag, Suggestion } from './catalog/types.ts'
import type { ChosenTag } from './types.ts'

/** One row below the tag field. */
export type TagOption = ChosenTag & {
  /** `popular`: one of the most used; `meant`: what was typed nearly is this one; `new`: made when it is chosen. */
  kind: 'popular' | 'suggested' | 'meant' | 'new'
  /** Null for a new tag and for a popular one. */
  suggestion: Suggestion | null
  /** Songs that carry it; null for a new one. */
  usage: number | null
}

type Given = {
  /** What was typed, trimmed. */
  query: string
  popular: readonly CatalogTag[]
  /** For the query, best first. */
  suggestions: readonly Suggestion[]
  /** Tags that a new one of this name would nearly repeat. */
  near: readonly Suggestion[]
  /** Whether there is such a tag is still being asked: no new one is offered. */
  isAsking?: boolean
  chosen: readonly ChosenTag[]
}

/** The rows to choose from: the most used tags for an empty field, else what fits, and last a new tag of that name. */
export function tagOptions({
  query,
  popular,
  suggestions,
  near,
  isAsking = false,
  chosen,
}: Given): TagOption[] {
  const taken = new Set(chosen.map((tag) => tag.id))
  if (query === '') {
    return popular
      .filter((tag) => !taken.has(tag.id))
      .map((tag) => option(tag, { kind: 'popular', suggestion: null }))
  }
  const shown = new Set(suggestions.map(({ tag }) => tag.id))
  const nearIds = new Set(near.map(({ tag }) => tag.id))
  const missing = near.filter(({ tag }) => !shown.has(tag.id))
  return [
    ...[...missing, ...suggestions]
      .filter(({ tag }) => !taken.has(tag.id))
      .map((suggestion) =>
        option(suggestion.tag, {
          kind: suggestion.kind === 'typo' && nearIds.has(suggestion.tag.id) ? 'meant' : 'suggested',
          suggestion,
        }),
      ),
    ...(isAsking ? [] : newTag(query, near, chosen)),
  ]
}

function option(
  { id, name, category, usage }: CatalogTag,
  how: Pick<TagOption, 'kind' | 'suggestion'>,
): TagOption {
  return { id, name, category, usage, ...how }
}

function newTag(query: string, near: readonly Suggestion[], chosen: readonly ChosenTag[]): TagOption[] {
  const key = foldName(query)
  const exists = near.some(({ kind }) => kind === 'exact') || chosen.some((tag) => foldName(tag.name) === key)
  if (exists || isBlankName(query) || nameLength(query) > MAX_NAME_LENGTH) return []
  return [{ id: null, name: query, category: 'theme', kind: 'new', suggestion: null, usage: null }]
}
