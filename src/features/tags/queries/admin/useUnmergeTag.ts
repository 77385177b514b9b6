import { unmergeTag } from '../../services/tagAdminService.ts'
import { useModerate } from './useModerate.ts'

export function useUnmergeTag() {
  return useModerate(
    ({ id }: { id: string; into: string }) => unmergeTag(id),
    ({ id, into }) => [id, into],
  )
}
