import { useMutation } from '@tanstack/react-query'
import type { ModerationEntry } from '../../services/moderationEntry.ts'
import { undoModeration } from '../../services/tagAdminService.ts'
import { useTagsChanged } from './useTagsChanged.ts'

export function useUndoModeration() {
  const changed = useTagsChanged()
  return useMutation({
    mutationFn: (entry: ModerationEntry) => undoModeration(entry.id),
    // Also after a refusal: what stood on the page was not what is.
    onSettled: (_data, _error, { tagId }) => changed(tagId === null ? [] : [tagId]),
    // Offline it must fail and say so, instead of moderating hours later.
    networkMode: 'always',
  })
}
