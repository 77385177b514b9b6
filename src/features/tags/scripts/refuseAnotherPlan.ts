import type { Run } from '../migration/migrationDatabase.ts'
import type { MigrateFlags } from './migrateOptions.ts'
import { WrongUsage } from './wrongUsage.ts'

/**
 * A run keeps the plan that it began with: another plan is refused, where it would silently not be applied.
 * @throws WrongUsage
 */
export function refuseAnotherPlan(
  unfinished: Run | null,
  { plan, savePlan, restart }: Pick<MigrateFlags, 'plan' | 'savePlan' | 'restart'>,
): void {
  if (unfinished === null || restart || (plan === undefined && savePlan === undefined)) return
  const flag = plan === undefined ? '--save-plan' : '--plan'
  throw new WrongUsage(
    `Run ${unfinished.id} did not end and keeps its plan, so ${flag} cannot be.`,
    'End it with npm run migrate -- --resume, or start afresh with --restart.',
  )
}
