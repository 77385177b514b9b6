import { queryOptions, useQuery } from '@tanstack/react-query'
import type { RollbackForm } from '../../migration/rollbackForm.ts'
import { RollbackManager } from '../../migration/rollbackManager.ts'
import { openMigration } from '../../services/migrationAdminService.ts'
import { migrationKeys } from './migrationKeys.ts'

function rollbackPlanQuery(runId: string, form: RollbackForm) {
  return queryOptions({
    queryKey: [...migrationKeys.run(runId), 'rollback', form],
    queryFn: ({ signal }) => new RollbackManager(openMigration(signal)).plan(runId, form.exact, form.to),
    // What people do meanwhile belongs in it.
    staleTime: 0,
    gcTime: 0,
  })
}

/** The dry run: what a rollback in this form would do now. Writes nothing. */
export function useRollbackPlan(runId: string, form: RollbackForm) {
  return useQuery(rollbackPlanQuery(runId, form))
}
