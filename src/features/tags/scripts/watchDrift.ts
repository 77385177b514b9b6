import { type DriftPass, DriftWatch } from '../migration/driftWatch.ts'
import { MigrationDatabase } from '../migration/migrationDatabase.ts'
import { MigrationFailure } from '../migration/migrationFailure.ts'
import { sleepUntil } from '../migration/retry.ts'
import type { Connection } from './connect.ts'
import { EXIT } from './exitCodes.ts'
import { driftJson } from './jsonResults.ts'
import type { Outcome, Session } from './session.ts'
import { driftLines, driftStatus } from './terminal/driftReport.ts'

export interface WatchOptions {
  everySeconds: number
  /** With `--json`: a line of its own for each pass. */
  print?: (line: object) => void
}

/**
 * Looks for drift until it is interrupted: a line when something drifts, and one when it is mended.
 * @returns that a person has to look, when something still drifts at the end
 * @throws MigrationFailure
 */
export async function watchDrift(
  { everySeconds, print }: WatchOptions,
  { client }: Connection,
  { screen, signal }: Session,
): Promise<Outcome> {
  const sleep = sleepUntil(signal)
  const database = new MigrationDatabase(client, {
    // It watches for days: a server that is away for a while is waited for.
    maxRetries: Number.POSITIVE_INFINITY,
    delayMs: 1000,
    sleep,
    random: Math.random,
    onRetry: () => screen.wait('Watching', 'the server does not answer'),
  })
  const watch = new DriftWatch(database)
  const seen = { passes: 0, rounds: 0, drifted: 0, mended: 0, open: 0 }
  const show = (pass: DriftPass) => {
    seen.passes += 1
    seen.rounds += Number(pass.check.isRoundComplete)
    seen.drifted += pass.drifted.length
    seen.mended += pass.mended.length
    seen.open = pass.open
    for (const line of driftLines(pass, screen)) screen.line(line)
    screen.status(driftStatus(pass, screen))
    print?.(driftJson(pass))
  }
  await untilStopped(signal, async () => {
    show(await watch.pass())
    await sleep(everySeconds * 1000)
  })
  return { exitCode: seen.open > 0 ? EXIT.attention : EXIT.done, json: { phase: 'stopped', ...seen } }
}

/** Being stopped is how a watch ends well. */
async function untilStopped(signal: AbortSignal, step: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    try {
      await step()
    } catch (error) {
      if (!(error instanceof MigrationFailure) || error.code !== 'stopped') throw error
    }
  }
}
