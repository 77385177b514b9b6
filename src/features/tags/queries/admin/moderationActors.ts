import { queryOptions, useQuery } from '@tanstack/react-query'
import { fetchModerationActors } from '../../services/tagAdminService.ts'
import { tagKeys } from '../tagKeys.ts'

function moderationActorsQuery() {
  return queryOptions({
    queryKey: [...tagKeys.admin(), 'actors'],
    queryFn: ({ signal }) => fetchModerationActors(signal),
  })
}

export function useModerationActors() {
  return useQuery(moderationActorsQuery())
}
