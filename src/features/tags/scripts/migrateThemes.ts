import type { MigrateFlags } from './migrateOptions.ts'
import { migrationConfig } from './migrationConfig.ts'
import { checkPlanCanBeSaved, readPlanFile } from './planOnDisk.ts'
import { previewMigration } from './previewMigration.ts'
import { runMigration } from './runMigration.ts'
import { runValidation } from './runValidation.ts'
import type { Outcome, Session } from './session.ts'
import { withTarget } from './withTarget.ts'

/** What `npm run migrate` does. Files are looked at before anything is started. @throws MigrationFailure, WrongUsage */
export async function migrateThemes(flags: MigrateFlags, session: Session): Promise<Outcome> {
  const plan = flags.plan === undefined ? undefined : await readPlanFile(flags.plan)
  if (flags.savePlan !== undefined) await checkPlanCanBeSaved(flags.savePlan)
  return withTarget(session, (connection) => {
    if (flags.validate) {
      const config = migrationConfig(flags, session)
      return runValidation({ config, runId: null, isVerbose: flags.verbose ?? false }, connection, session)
    }
    if (flags.dryRun) return previewMigration(flags, plan, connection, session)
    return runMigration(flags, plan, connection, session)
  })
}
