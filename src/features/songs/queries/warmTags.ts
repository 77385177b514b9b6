import type { QueryClient } from '@tanstack/react-query'
import { catalogQuery } from '../../tags/index.ts'

/** Has the tags at hand before somebody tags a song: from then on that needs no connection. */
export function warmTags(queryClient: QueryClient): Promise<void> {
  return queryClient.prefetchQuery(catalogQuery())
}
