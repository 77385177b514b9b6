import { queryOptions, useQuery } from '@tanstack/react-query'
import { fetchTagDetails } from '../../services/tagAdminService.ts'
import { tagKeys } from '../tagKeys.ts'
import { POLL } from './poll.ts'

function tagDetailsQuery(id: string) {
  return queryOptions({
    queryKey: [...tagKeys.admin(), 'details', id],
    queryFn: ({ signal }) => fetchTagDetails(id, signal),
    ...POLL,
  })
}

export function useTagDetails(id: string) {
  return useQuery(tagDetailsQuery(id))
}
