import { queryOptions, useQuery } from '@tanstack/react-query'
import { everySong } from '../../migration/advanceContract.ts'
import { contractState } from '../../migration/contractStep.ts'
import { DataValidator } from '../../migration/dataValidator.ts'
import { validateStanding } from '../../migration/validateStanding.ts'
import { openMigration } from '../../services/migrationAdminService.ts'
import { migrationKeys } from './migrationKeys.ts'

function contractChecksQuery(quietDays: number) {
  return queryOptions({
    queryKey: migrationKeys.contract(quietDays),
    queryFn: async ({ signal }) => {
      const database = openMigration(signal)
      const state = await contractState(database, quietDays)
      if (state.phase === 'dropped') return state
      const report = await validateStanding(database, new DataValidator(database), null, () => {})
      const isValid = report.checks.every((check) => check.ok)
      return { ...state, requirements: [...state.requirements, everySong(isValid)] }
    },
    staleTime: 0,
    gcTime: 0,
  })
}

/** The checklist of the contract step, every song validated for it. */
export function useContractChecks(quietDays: number) {
  return useQuery(contractChecksQuery(quietDays))
}
