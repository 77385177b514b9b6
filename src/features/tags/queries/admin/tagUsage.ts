import { queryOptions, useQuery } from '@tanstack/react-query'
import { fetchTagUsage } from '../../services/tagAdminService.ts'
import { tagKeys } from '../tagKeys.ts'

function tagUsageQuery(id: string) {
  return queryOptions({
    queryKey: [...tagKeys.admin(), 'usage', id],
    queryFn: ({ signal }) => fetchTagUsage(id, signal),
  })
}

export function useTagUsage(id: string) {
  return useQuery(tagUsageQuery(id))
}
