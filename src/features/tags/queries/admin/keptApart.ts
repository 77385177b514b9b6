import { queryOptions, useQuery } from '@tanstack/react-query'
import { pairKey } from '../../catalog/duplicatePairs.ts'
import { fetchTagsKeptApart, keepTagsApart } from '../../services/tagAdminService.ts'
import { tagKeys } from '../tagKeys.ts'
import { POLL } from './poll.ts'
import { useModerate } from './useModerate.ts'

function keptApartQuery() {
  return queryOptions({
    queryKey: [...tagKeys.admin(), 'kept-apart'],
    queryFn: ({ signal }) => fetchTagsKeptApart(signal),
    ...POLL,
  })
}

/** Pairs that somebody has said are not the same, by `pairKey`. */
export function useKeptApart() {
  return useQuery({
    ...keptApartQuery(),
    select: (pairs) => new Set(pairs.map(({ one, other }) => pairKey(one, other))),
  })
}

export function useKeepApart() {
  return useModerate(keepTagsApart, () => [])
}
