import { useMutation } from '@tanstack/react-query'
import { serializePlan } from '../../migration/planFile.ts'
import { readPlan } from '../../migration/readPlan.ts'
import { openMigration } from '../../services/migrationAdminService.ts'

/** The plan that a run was frozen to, as its file. */
export function useRunPlan() {
  return useMutation({
    mutationFn: async (planHash: string) => serializePlan(await readPlan(openMigration(), planHash)),
    networkMode: 'always',
  })
}
