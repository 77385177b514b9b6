import { queryOptions, useQuery } from '@tanstack/react-query'
import { fetchSignedInUser } from '../services/authService.ts'
import { authKeys } from './authKeys.ts'

export function signedInUserQuery() {
  return queryOptions({
    queryKey: authKeys.user(),
    queryFn: fetchSignedInUser,
    // The stored session is the truth, there is no server to ask again; useSessionSync tells of every change.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    networkMode: 'always',
  })
}

export function useSignedInUser() {
  return useQuery(signedInUserQuery())
}
