import { queryOptions, useQuery } from '@tanstack/react-query'
import { fetchSignedInUser, userAtHand } from '../services/authService.ts'
import { authKeys } from './authKeys.ts'

/** For whoever has to know outside of a component. */
export function signedInUserQuery() {
  return queryOptions({
    queryKey: authKeys.user(),
    queryFn: fetchSignedInUser,
    // In the first render: the header must not offer to sign in to somebody who has.
    initialData: userAtHand,
    // The stored session is the truth, there is no server to ask again; useSessionSync tells of every change.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    networkMode: 'always',
  })
}

/** Who is signed in: null for nobody, undefined while that is not known. */
export function useSignedInUser() {
  return useQuery(signedInUserQuery())
}
