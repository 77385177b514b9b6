import { useMutation, useQueryClient } from '@tanstack/react-query'
import { checkDriftOnceAround } from '../../services/migrateThemesFunction.ts'
import { migrationKeys } from './migrationKeys.ts'

/** Has the edge function check every song and tag once around. */
export function useDriftRound() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: checkDriftOnceAround,
    onSettled: () => queryClient.invalidateQueries({ queryKey: migrationKeys.all }),
    networkMode: 'always',
  })
}
