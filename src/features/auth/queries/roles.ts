import { queryOptions, skipToken, useQuery } from '@tanstack/react-query'
import { highestRole } from '../highestRole.ts'
import { fetchRoles } from '../services/authService.ts'
import { authKeys } from './authKeys.ts'
import { useSignedInUser } from './signedInUser.ts'

function rolesQuery(userId: string | undefined) {
  return queryOptions({
    queryKey: authKeys.roles(userId ?? 'nobody'),
    queryFn: userId === undefined ? skipToken : ({ signal }) => fetchRoles(userId, signal),
  })
}

/** The signed-in person's highest role. */
export function useRole() {
  const { data: user } = useSignedInUser()
  return useQuery({ ...rolesQuery(user?.id), select: highestRole })
}
