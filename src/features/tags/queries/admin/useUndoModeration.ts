import type { ModerationEntry } from '../../services/moderationEntry.ts'
import { undoModeration } from '../../services/tagAdminService.ts'
import { useModerate } from './useModerate.ts'

export function useUndoModeration() {
  return useModerate(
    (entry: ModerationEntry) => undoModeration(entry.id),
    ({ tagId }) => (tagId === null ? [] : [tagId]),
  )
}
