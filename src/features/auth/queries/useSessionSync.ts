import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { personalKey } from '../../../lib/personalKey.ts'
import { watchSignedInUser } from '../services/authService.ts'
import { authKeys } from './authKeys.ts'
import { signedInUserQuery } from './signedInUser.ts'

/** Keeps the cached user equal to the session, and forgets what belonged to whoever was signed in before. */
export function useSessionSync(): void {
  const queryClient = useQueryClient()
  useEffect(
    () =>
      watchSignedInUser((user) => {
        const { queryKey } = signedInUserQuery()
        const before = queryClient.getQueryData(queryKey)
        queryClient.setQueryData(queryKey, user)
        if (before === undefined || before?.id === user?.id) return
        if (before) {
          queryClient.removeQueries({ queryKey: authKeys.roles(before.id) })
          queryClient.removeQueries({ queryKey: personalKey })
          abandonMutations(queryClient)
        }
        // What the one was shown the other may not see, as a moderator's songs carry banned tags; and what failed for the old
        // session may be allowed now.
        void queryClient.resetQueries({
          predicate: ({ queryKey: [first], state }) =>
            state.status === 'error' || (before !== null && first !== queryKey[0]),
        })
      }),
    [queryClient],
  )
}

/**
 * What waits for a connection, or for another try, was the one person's to send and would go out as the next one's; and
 * what is answered now is no news for the next one, whose unsaved forms it would drop.
 */
function abandonMutations(queryClient: QueryClient): void {
  const mutations = queryClient.getMutationCache()
  for (const mutation of mutations.getAll()) mutation.setOptions({ mutationFn: abandoned })
  mutations.clear()
}

function abandoned(): Promise<never> {
  return Promise.reject(new Error('Whoever began this has signed out.'))
}
