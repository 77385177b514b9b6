import { confirm } from './confirm.ts'
import type { Connection } from './connect.ts'
import { controlRun } from './controlRun.ts'
import { finalizeThemes } from './finalizeThemes.ts'
import type { MigrateFlags } from './migrateOptions.ts'
import { migrationConfig } from './migrationConfig.ts'
import { checkPlanCanBeSaved, readPlanFile } from './planOnDisk.ts'
import { previewMigration } from './previewMigration.ts'
import { rehearseThemes } from './rehearseThemes.ts'
import { runMigration } from './runMigration.ts'
import { runValidation } from './runValidation.ts'
import type { Outcome, Session } from './session.ts'
import { withTarget } from './withTarget.ts'
import { WrongUsage } from './wrongUsage.ts'

/** What `npm run migrate` does. Files are looked at before anything is started. @throws MigrationFailure, WrongUsage */
export async function migrateThemes(flags: MigrateFlags, session: Session): Promise<Outcome> {
  if (flags.status || flags.pause || flags.cancel) return controlRun(flags, session)
  if (flags.quietDays !== undefined && !flags.finalize) {
    throw new WrongUsage('--quiet-days says when to --finalize.', 'Add --finalize, or leave it out.')
  }
  const plan = flags.plan === undefined ? undefined : await readPlanFile(flags.plan)
  if (flags.savePlan !== undefined) await checkPlanCanBeSaved(flags.savePlan)
  const work = (connection: Connection) => {
    if (flags.rehearse) return rehearseThemes(flags, connection, session)
    if (flags.finalize) return finalizeThemes(flags, connection, session)
    if (flags.validate) {
      const config = migrationConfig(flags, session)
      return runValidation({ config, runId: null, isVerbose: flags.verbose ?? false }, connection, session)
    }
    if (flags.dryRun) return previewMigration(flags, plan, connection, session)
    return runMigration(flags, plan, connection, session)
  }
  // To finalize takes another word.
  const onlyReads = flags.validate || flags.dryRun || flags.rehearse || flags.finalize
  return withTarget(session, work, async (target) => {
    if (!onlyReads && !flags.yes) await confirm(session, target, { verb: 'migrate', alwaysAsk: false })
  })
}
