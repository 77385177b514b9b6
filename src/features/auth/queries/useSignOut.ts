import { useMutation } from '@tanstack/react-query'
import { signOut } from '../services/authService.ts'

/** What was cached for the person is dropped by useSessionSync, which hears of every way to be signed out. */
export function useSignOut() {
  return useMutation({ mutationFn: signOut, networkMode: 'always' })
}
