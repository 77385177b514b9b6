import { reportFailure } from '../../src/features/tags/scripts/failureReport.ts'
import { type MigrateFlags, migrateProgram } from '../../src/features/tags/scripts/migrateOptions.ts'
import { migrateThemes } from '../../src/features/tags/scripts/migrateThemes.ts'
import type { Session } from '../../src/features/tags/scripts/session.ts'
import { createScreen } from '../../src/features/tags/scripts/terminal/screen.ts'

export interface InProcessResult {
  exitCode: number
  /** What `--json` would print when it ends well. */
  json: object | undefined
  /** What a person would see, as in a log. */
  screen: string
  /** The one line of a failure. */
  failure: string
}

/** `npm run migrate` without the time that a process takes to start. @param ask a person at the terminal; nobody without */
export async function migrateInProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  ask?: Session['ask'],
): Promise<InProcessResult> {
  const result: InProcessResult = { exitCode: -1, json: undefined, screen: '', failure: '' }
  const output = { write: (text: string) => (result.screen += text) }
  const secrets = new Set<string>()
  const program = migrateProgram()
    .exitOverride()
    .configureOutput({ outputError: () => {} })
  try {
    const outcome = await migrateThemes(program.parse(args, { from: 'user' }).opts<MigrateFlags>(), {
      env,
      screen: createScreen(output, { LANG: 'C.UTF-8' }),
      signal: new AbortController().signal,
      ask,
      keepSecret: (text) => secrets.add(text),
      soFar: {},
    })
    return { ...result, exitCode: outcome.exitCode, json: outcome.json }
  } catch (error) {
    const { message, advice, exitCode } = reportFailure(error, secrets)
    return { ...result, exitCode, failure: `${message} ${advice}` }
  }
}
