import { editTag, type TagChanges } from '../../services/tagAdminService.ts'
import { useModerate } from './useModerate.ts'

export function useEditTag() {
  return useModerate(
    ({ id, seen, changes }: { id: string; seen: string; changes: TagChanges }) => editTag(id, seen, changes),
    ({ id }) => [id],
  )
}
