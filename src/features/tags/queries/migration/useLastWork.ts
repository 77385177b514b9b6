import { type MutationState, useMutationState } from '@tanstack/react-query'
import type { WorkAnswer, WorkCommand } from '../../services/migrateThemesFunction.ts'
import { migrationKeys } from './migrationKeys.ts'

/** A command to the edge function: under way, answered or failed. */
export type Work = MutationState<WorkAnswer, Error, WorkCommand>

/** What this tab had the edge function do last, on whichever page it was asked for: a run is started on the plan's. */
export function useLastWork(): Work | undefined {
  return useMutationState<Work>({ filters: { mutationKey: migrationKeys.work() } }).at(-1)
}
