import { keepPreviousData, queryOptions, skipToken, useQuery } from '@tanstack/react-query'
import { previewMerge } from '../../services/tagAdminService.ts'
import { tagKeys } from '../tagKeys.ts'
import { POLL } from './poll.ts'

function mergePreviewQuery(from: readonly string[], into: string | null) {
  return queryOptions({
    queryKey: [...tagKeys.admin(), 'merge', from, into],
    queryFn:
      into === null || from.length === 0 ? skipToken : ({ signal }) => previewMerge(from, into, signal),
    ...POLL,
  })
}

/** What merging these tags would do; asks nothing before there is something to merge. */
export function useMergePreview(from: readonly string[], into: string | null) {
  return useQuery({ ...mergePreviewQuery(from, into), placeholderData: keepPreviousData })
}
