import { queryOptions, useQuery } from '@tanstack/react-query'
import { type RunStatus, readStatus } from '../../migration/runStatus.ts'
import { openMigration } from '../../services/migrationAdminService.ts'
import { migrationKeys } from './migrationKeys.ts'
import { useIsWorking } from './useIsWorking.ts'

/** As often as a person can read it. */
const WHILE_IT_MOVES_MS = 1000
/** Another admin, or a terminal, may have begun something. */
const OTHERWISE_MS = 5000

const MOVING: ReadonlySet<string | undefined> = new Set([
  'preparing',
  'running',
  'validating',
  'rolling_back',
])

/** @param isWorking whether this tab has somebody work: its first call answers after seconds, and nothing else tells of the run */
export function runStatusQuery(isWorking = false) {
  return queryOptions({
    queryKey: migrationKeys.status(),
    queryFn: ({ signal }) => readStatus(openMigration(signal)),
    staleTime: 0,
    refetchInterval: ({ state }) => (isWorking || isMoving(state.data) ? WHILE_IT_MOVES_MS : OTHERWISE_MS),
  })
}

/** How the run that did not end is doing, or else the latest; whoever works on it, and wherever. */
export function useRunStatus() {
  return useQuery(runStatusQuery(useIsWorking()))
}

/** Whether somebody works on the run, or should. */
function isMoving(status: RunStatus | undefined): boolean {
  return MOVING.has(status?.run?.status)
}
