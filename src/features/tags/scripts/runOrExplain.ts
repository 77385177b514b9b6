import { countOf } from '../../../lib/numbers.ts'
import { type FailureCode, MigrationFailure } from '../migration/migrationFailure.ts'
import type { MigrationRunner } from '../migration/migrationRunner.ts'
import type { MigrationResult } from '../migration/types.ts'
import { unfinishedRun } from '../migration/unfinishedRun.ts'
import type { MigrateFlags } from './migrateOptions.ts'
import type { Session } from './session.ts'
import { soFarOf } from './soFar.ts'
import { nextSteps, sentences } from './terminal/flow.ts'

/** The run is somebody else's then, or there is none. */
const NOT_OURS: ReadonlySet<FailureCode> = new Set(['busy', 'taken-over', 'nothing-to-resume'])
/** A person stopped it from outside, and the message says how it goes on. */
const STOPPED: ReadonlySet<FailureCode> = new Set(['paused', 'cancelled'])

/**
 * Runs, and after a failure says where the run stands and how to go on, also when the server does not answer any more.
 * @throws MigrationFailure as the runner does
 */
export async function runOrExplain(
  runner: MigrationRunner,
  { screen, soFar }: Session,
  { rollbackOnFailure, join }: Pick<MigrateFlags, 'rollbackOnFailure' | 'join'>,
): Promise<MigrationResult> {
  try {
    return await runner.run()
  } catch (error) {
    screen.clear()
    if (!(error instanceof MigrationFailure) || NOT_OURS.has(error.code)) throw error
    // undefined: it could not be asked; null: there is no run that could go on.
    const latest = await runner.latest().catch(() => undefined)
    if (latest && STOPPED.has(error.code)) Object.assign(soFar, soFarOf(latest))
    if (STOPPED.has(error.code) || join) throw error
    const unfinished = latest && unfinishedRun(latest)
    const hasMigrated = soFar.processedCount !== undefined
    if (unfinished === null && hasMigrated && rollbackOnFailure) throw rolledBack(error)
    if (unfinished) Object.assign(soFar, soFarOf(unfinished))
    if (unfinished || (unfinished === undefined && hasMigrated)) {
      const run = unfinished ? `Run ${unfinished.id}` : 'The run'
      const songs = countOf(Number(soFar.processedCount), 'song')
      const lines = [
        ...sentences(`${run} stands at ${songs}, which are committed and stay.`, screen.width),
        ...nextSteps(
          ['Go on with: npm run migrate -- --resume', 'Undo with: npm run rollback'],
          screen.width,
        ),
      ]
      for (const line of lines) screen.line(line)
    }
    throw error
  }
}

/** The same failure, with the advice that fits once nothing is left to resume. */
function rolledBack({ code, message, detail, cause }: MigrationFailure): MigrationFailure {
  return new MigrationFailure(code, message, {
    advice: 'The run is rolled back. Mend the cause, then start again with: npm run migrate',
    ...(detail === undefined ? {} : { detail }),
    cause,
  })
}
