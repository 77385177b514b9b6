import { EXIT, type ExitCode } from '../../src/features/tags/scripts/exitCodes.ts'
import { DEFAULTS } from '../../src/features/tags/scripts/migrateOptions.ts'
import { migrationConfig } from '../../src/features/tags/scripts/migrationConfig.ts'
import { previewMigration } from '../../src/features/tags/scripts/previewMigration.ts'
import { runMigration } from '../../src/features/tags/scripts/runMigration.ts'
import { runValidation } from '../../src/features/tags/scripts/runValidation.ts'
import type { Outcome, Session } from '../../src/features/tags/scripts/session.ts'
import { stopIfAsked } from '../../src/features/tags/scripts/withTarget.ts'
import { duration } from '../../src/lib/numbers.ts'
import type { RunningStack } from '../stack/findRunningStack.ts'
import { openDemoStack } from './openDemoStack.ts'
import { seedStack } from './seedStack.ts'
import { serveDemo } from './serveDemo.ts'
import { connectToStack } from './stackTarget.ts'

export interface DemoFlags {
  verbose?: boolean
  songs: number
  /** End after the certificate and one request to the served app. */
  exit?: boolean
  reset?: boolean
  folder?: string
}

/**
 * The whole way on one screen after the other: songs, dry run, migration, validation, app. Each step is headed by the
 * command that does it alone.
 */
export async function runDemo(flags: DemoFlags, session: Session): Promise<Outcome> {
  const { screen } = session
  const started = performance.now()
  screen.wait('Starting PostgreSQL and the Supabase API')
  const stack = await openDemoStack({
    folder: flags.folder,
    reset: flags.reset ?? false,
    onProgress: (message) => screen.wait(message.replace(/\.$/, '')),
  })
  try {
    stopIfAsked(session)
    screen.line(`PostgreSQL and the Supabase API run, on ${stack.apiUrl}`)
    heading(session, `npm run seed -- --songs ${flags.songs}`)
    await seedStack(stack, flags.songs, screen)
    stopIfAsked(session)
    const exitCode = await migrate(stack, session)
    if (exitCode !== EXIT.done) return { exitCode, json: {} }
    screen.line(`The demo took ${duration(performance.now() - started)} so far.`)
    heading(session, 'npm start')
    await serveDemo(stack, { isOnce: flags.exit ?? false }, session)
    return { exitCode: EXIT.done, json: {} }
  } finally {
    await stack.stop()
  }
}

/** @returns the first exit code that is not "done" */
async function migrate(stack: RunningStack, session: Session): Promise<ExitCode> {
  const steps: [command: string, run: () => Promise<Outcome>][] = [
    [
      'npm run migrate -- --dry-run',
      async () =>
        previewMigration(
          { ...DEFAULTS, dryRun: true },
          undefined,
          await connectToStack(stack, session),
          session,
        ),
    ],
    [
      'npm run migrate',
      async () => runMigration(DEFAULTS, undefined, await connectToStack(stack, session), session),
    ],
    [
      'npm run validate',
      async () => {
        const config = migrationConfig(DEFAULTS, session)
        const options = { config, runId: null, isVerbose: false }
        return runValidation(options, await connectToStack(stack, session), session)
      },
    ],
  ]
  for (const [command, run] of steps) {
    heading(session, command)
    const { exitCode } = await run()
    if (exitCode !== EXIT.done) return exitCode
  }
  return EXIT.done
}

function heading({ screen }: Session, command: string): void {
  screen.line()
  screen.line(screen.style.paint.bold.cyan(`$ ${command}`))
}
