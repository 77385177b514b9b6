import { EXIT } from '../../src/features/tags/scripts/exitCodes.ts'
import { DEFAULTS } from '../../src/features/tags/scripts/migrateOptions.ts'
import { migrationConfig } from '../../src/features/tags/scripts/migrationConfig.ts'
import { runMigration } from '../../src/features/tags/scripts/runMigration.ts'
import { runValidation } from '../../src/features/tags/scripts/runValidation.ts'
import type { Outcome, Session } from '../../src/features/tags/scripts/session.ts'
import { stopIfAsked } from '../../src/features/tags/scripts/withTarget.ts'
import { WrongUsage } from '../../src/features/tags/scripts/wrongUsage.ts'
import { isLoopback } from '../seed/isLoopback.ts'
import { StackProblem } from '../stack/stackProblem.ts'
import { startStack } from '../stack/startStack.ts'
import { seedStack } from './seedStack.ts'
import { connectToStack } from './stackTarget.ts'

export interface FreshFlags {
  songs: number
  folder?: string
  json?: boolean
  verbose?: boolean
}

/**
 * A new embedded database, seeded, migrated and validated.
 * @throws WrongUsage when the environment names a project on another machine: nobody's songs are thrown away by mistake
 */
export async function migrateFresh(flags: FreshFlags, session: Session): Promise<Outcome> {
  refuseHosted(session.env.SUPABASE_URL)
  const { screen } = session
  screen.wait('Starting an empty database')
  const stack = await startEmpty(flags, (message) => screen.wait(message.replace(/\.$/, '')))
  try {
    stopIfAsked(session)
    screen.line(`A new embedded database, on ${stack.apiUrl}`)
    const report = await seedStack(stack, flags.songs, screen)
    stopIfAsked(session)
    const choice = { ...DEFAULTS, verbose: flags.verbose ?? false }
    const migration = await runMigration(choice, undefined, await connectToStack(stack, session), session)
    if (migration.exitCode !== EXIT.done) return migration
    const options = { config: migrationConfig(DEFAULTS, session), runId: null, isVerbose: choice.verbose }
    const validation = await runValidation(options, await connectToStack(stack, session), session)
    const { loaded, songs, randomSeed } = report
    return {
      exitCode: validation.exitCode,
      json: { seed: { loaded, songs, randomSeed }, migration: migration.json, validation: validation.json },
    }
  } finally {
    await stack.stop()
  }
}

function refuseHosted(address: string | undefined): void {
  if (!address?.trim()) return
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url !== undefined && isLoopback(url.hostname)) return
  throw new WrongUsage(
    `SUPABASE_URL names ${url?.host ?? 'another project'}; migrate:fresh works on the embedded database only.`,
    'Unset it, or use npm run migrate.',
  )
}

async function startEmpty({ folder }: FreshFlags, onProgress: (message: string) => void) {
  try {
    // A database of a folder that was named is not looked for by its ports.
    const place = folder === undefined ? {} : { folder, port: 0, dbPort: 0 }
    return await startStack({ ...place, reset: true, onProgress })
  } catch (error) {
    if (!(error instanceof StackProblem)) throw error
    throw new WrongUsage(error.message, 'Then run the command again.', { cause: error })
  }
}
