import { queryOptions, useQuery } from '@tanstack/react-query'
import { isFunctionServed } from '../../services/migrateThemesFunction.ts'
import { migrationKeys } from './migrationKeys.ts'

function functionServedQuery() {
  return queryOptions({
    queryKey: migrationKeys.served(),
    queryFn: ({ signal }) => isFunctionServed(signal),
    // Somebody who reads “start it with …” does so and comes back.
    refetchOnWindowFocus: 'always',
  })
}

/** Whether there is an edge function that works for this page. Without one the page shows commands. */
export function useFunctionServed() {
  return useQuery(functionServedQuery())
}
