import { MigrationDatabase } from '../migration/migrationDatabase.ts'
import { sleepUntil } from '../migration/retry.ts'
import { RunControl } from '../migration/runControl.ts'
import type { MigrateFlags } from './migrateOptions.ts'
import { workerName } from './migrationConfig.ts'
import type { Outcome, Session } from './session.ts'
import { showStatus } from './showStatus.ts'
import { stopRun } from './stopRun.ts'
import { withTarget } from './withTarget.ts'

/** Shows or stops the run that somebody works on in another terminal. @throws MigrationFailure, WrongUsage */
export function controlRun(flags: MigrateFlags, session: Session): Promise<Outcome> {
  return withTarget(session, ({ client, target, latest }) => {
    const sleep = sleepUntil(session.signal)
    const database = new MigrationDatabase(client, {
      maxRetries: flags.maxRetries,
      delayMs: 250,
      sleep,
      random: Math.random,
      onRetry: ({ message }) => session.screen.wait('Trying again', session.screen.style.words(message)),
    })
    const control = new RunControl(database, workerName())
    return flags.status
      ? showStatus(control, flags, { ...session, sleep })
      : stopRun(control, { cancel: flags.cancel ?? false, yes: flags.yes ?? false, target, latest }, session)
  })
}
