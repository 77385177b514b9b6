import { queryOptions, useQuery } from '@tanstack/react-query'
import { loadCatalog } from '../catalog/loadCatalog.ts'
import type { CatalogSnapshot } from '../catalog/types.ts'
import { tagKeys } from './tagKeys.ts'

/** The vocabulary: whole at first, then what has changed since. */
export function catalogQuery() {
  return queryOptions({
    queryKey: tagKeys.catalog(),
    queryFn: ({ client, queryKey, signal }) =>
      loadCatalog(client.getQueryData<CatalogSnapshot>(queryKey) ?? null, signal),
    // Comparing thousands of tags one by one would cost more than they are worth; an unchanged answer is the same object.
    structuralSharing: false,
    // The next song is tagged with it, too.
    gcTime: Number.POSITIVE_INFINITY,
  })
}

export function useCatalog() {
  return useQuery(catalogQuery())
}
