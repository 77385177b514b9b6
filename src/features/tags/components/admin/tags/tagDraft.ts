import type { TagDetails } from '../../../services/adminTag.ts'
import type { TagChanges } from '../../../services/tagAdminService.ts'
import type { TagCategory } from '../../../types.ts'

/** What stands in the fields of a tag's form. */
export interface TagDraft {
  name: string
  category: TagCategory
  /** `#rrggbb`; null for none of its own. */
  colour: string | null
  needsReview: boolean
  synonyms: readonly string[]
}

export function draftOf({ name, category, colour, needsReview, synonyms }: TagDetails): TagDraft {
  return { name, category, colour, needsReview, synonyms }
}

/** What the draft changes of the tag that it was begun with; null when nothing. */
export function changesOf(before: TagDraft, draft: TagDraft): TagChanges | null {
  const added = draft.synonyms.filter((name) => !before.synonyms.includes(name))
  const removed = before.synonyms.filter((name) => !draft.synonyms.includes(name))
  const name = draft.name.trim()
  const changes: TagChanges = {
    ...(name !== before.name && { name }),
    ...(draft.category !== before.category && { category: draft.category }),
    ...(draft.colour !== before.colour && { colour: draft.colour }),
    ...(draft.needsReview !== before.needsReview && { needsReview: draft.needsReview }),
    ...(added.length > 0 && { addSynonyms: added }),
    ...(removed.length > 0 && { removeSynonyms: removed }),
  }
  return Object.keys(changes).length === 0 ? null : changes
}

/** The changes of one draft, made to the tag as somebody else has left it meanwhile. */
export function rebase(draft: TagDraft, before: TagDraft, now: TagDraft): TagDraft {
  const pick = <Key extends keyof TagDraft>(key: Key) => (draft[key] === before[key] ? now[key] : draft[key])
  const removed = before.synonyms.filter((name) => !draft.synonyms.includes(name))
  const added = draft.synonyms.filter(
    (name) => !before.synonyms.includes(name) && !now.synonyms.includes(name),
  )
  return {
    name: pick('name'),
    category: pick('category'),
    colour: pick('colour'),
    needsReview: pick('needsReview'),
    synonyms: [...now.synonyms.filter((name) => !removed.includes(name)), ...added],
  }
}
