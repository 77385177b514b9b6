import { useQueryClient } from '@tanstack/react-query'
import { mergeTags } from '../../services/tagAdminService.ts'
import { forgetDuplicates } from './duplicates.ts'
import { useModerate } from './useModerate.ts'

export function useMergeTags() {
  const queryClient = useQueryClient()
  return useModerate(
    async (what: { from: readonly string[]; into: string }) => {
      const done = await mergeTags(what)
      forgetDuplicates(queryClient, what.from)
      return done
    },
    ({ from, into }) => [...from, into],
  )
}
