import { foldName } from '../../lib/folding.ts'
import { type ChosenTag, type Tag, tagKey } from '../tags/index.ts'
import type { TagEdit } from './types.ts'

/** Whether a song's tag and a chosen one are the same; one that is still to be made is known by its name. */
export function isTag(tag: Tag, { id, name }: ChosenTag): boolean {
  return id === null ? tag.normalized_name === foldName(name) : tag.id === id
}

/** The song's tags as they will be once its edits have reached the server, and the keys of those that have not. */
export function withTagEdits(
  tags: readonly Tag[],
  edits: readonly TagEdit[],
): { tags: ChosenTag[]; pending: Set<string> } {
  const shown: (Tag | ChosenTag)[] = [...tags]
  const pending = new Set<string>()
  for (const edit of edits) {
    for (const tag of edit.tags) {
      const place = shown.findIndex((one) =>
        'normalized_name' in one ? isTag(one, tag) : tagKey(one) === tagKey(tag),
      )
      if (edit.kind === 'remove' && place >= 0) shown.splice(place, 1)
      if (edit.kind === 'add' && place < 0) {
        shown.push(tag)
        pending.add(tagKey(tag))
      }
    }
  }
  return { tags: shown.map(({ id, name, category }) => ({ id, name, category })), pending }
}
