import { useMutation, useQueryClient } from '@tanstack/react-query'
import { signIn } from '../services/authService.ts'
import { signedInUserQuery } from './signedInUser.ts'

/** `error` is a ServiceError, or something unexpected: signInProblem says either in words. */
export function useSignIn() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: signIn,
    onSuccess: (user) => {
      queryClient.setQueryData(signedInUserQuery().queryKey, user)
    },
    // Offline it must fail and say so: a paused sign-in looks like a dead button.
    networkMode: 'always',
  })
}
