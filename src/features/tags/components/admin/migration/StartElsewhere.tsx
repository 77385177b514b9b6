import type { WorkCommand } from '../../../services/migrateThemesFunction.ts'
import { Command } from './Command.tsx'

type Props = {
  /** What the edge function could not start. */
  command: WorkCommand | undefined
}

/** How a terminal starts the same run. A plan that was reviewed goes with it: without its file the review would be lost. */
export function StartElsewhere({ command }: Props) {
  const isReviewed = command?.action === 'advance' && command.plan !== undefined
  return isReviewed ? (
    <Command
      label="Export the plan, and start it from a terminal with"
      command="npm run migrate -- --plan migration-plan.json"
    />
  ) : (
    <Command label="Start it from a terminal with" command="npm run migrate" />
  )
}
