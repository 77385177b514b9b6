import { useMutation } from '@tanstack/react-query'
import { storePlan } from '../../migration/planner.ts'
import type { MigrationPlan } from '../../migration/types.ts'
import { openMigration } from '../../services/migrationAdminService.ts'

/** Stores a plan as it was reviewed. What comes back is the hash by which a run is started with it. */
export function useStorePlan() {
  return useMutation({
    mutationFn: (plan: MigrationPlan) => storePlan(openMigration(), plan),
    networkMode: 'always',
  })
}
