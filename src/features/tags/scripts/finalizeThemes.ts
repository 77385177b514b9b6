import { count, countOf } from '../../../lib/numbers.ts'
import { everySong } from '../migration/advanceContract.ts'
import { contractState, dropThemes } from '../migration/contractStep.ts'
import type { MigrationDatabase } from '../migration/migrationDatabase.ts'
import { MigrationRunner } from '../migration/migrationRunner.ts'
import type { Connection } from './connect.ts'
import { contractDatabase } from './contractDatabase.ts'
import { EXIT } from './exitCodes.ts'
import type { MigrateFlags } from './migrateOptions.ts'
import { migrationConfig } from './migrationConfig.ts'
import type { Outcome, Session } from './session.ts'
import { WrongUsage } from './wrongUsage.ts'

/** Days without themes written by an old client, unless the command line says otherwise. */
const QUIET_DAYS = 14

/** Archives and drops the old column when nothing is missing and a person says so. @throws MigrationFailure, WrongUsage */
export async function finalizeThemes(
  flags: MigrateFlags,
  connection: Connection,
  session: Session,
): Promise<Outcome> {
  const { screen } = session
  const { paint } = screen.style
  const config = migrationConfig(flags, session)
  const database = contractDatabase(connection, config, session)
  const quietDays = flags.quietDays ?? QUIET_DAYS
  const { phase, songs, requirements } = await contractState(database, quietDays)
  if (phase === 'dropped') {
    screen.line('The old themes are archived and dropped already. Bring them back with: npm run rollback')
    return { exitCode: EXIT.done, json: { phase: 'finalized', songs, alreadyFinalized: true } }
  }
  screen.wait('Validating')
  const report = await new MigrationRunner(connection.client, config).validate()
  const asked = [...requirements, everySong(report.checks.every((check) => check.ok))]
  for (const { name, ok, advice } of asked) {
    screen.line(ok ? `${paint.green('✔')} ${name}` : `${paint.red('✘')} ${name}: ${advice}`)
  }
  if (asked.some((one) => !one.ok)) {
    screen.line('Nothing was changed.')
    return { exitCode: EXIT.usage, json: { phase: 'refused', songs, requirements: asked } }
  }
  if (!flags.yes) await askForWord(session, songs)
  await drop(database, { quietDays, worker: config.worker }, session)
  screen.line(`${paint.bold('The old themes are archived and dropped.')} ${countOf(songs, 'song')}.`)
  screen.line(
    'They can be brought back: npm run rollback takes the run back, and the column returns with it.',
  )
  return { exitCode: EXIT.done, json: { phase: 'finalized', songs, alreadyFinalized: false } }
}

/** The number of songs, which nobody types by habit. @throws WrongUsage */
async function askForWord({ ask }: Session, songs: number): Promise<void> {
  if (!ask) {
    throw new WrongUsage(
      'Dropping the old themes needs a person’s word, and there is nobody to ask.',
      'To finalize without being asked, add --yes.',
    )
  }
  const answer = await ask(
    `The column songs.themes of ${countOf(songs, 'song')} will be dropped. Type the number of songs to go on: `,
  )
  if (answer.replaceAll(/[\s,.]/g, '') !== String(songs)) {
    throw new WrongUsage('Not confirmed; nothing was changed.', 'Run the command again when you are ready.')
  }
}

async function drop(
  database: MigrationDatabase,
  { quietDays, worker }: { quietDays: number; worker: string },
  { screen, signal }: Session,
): Promise<void> {
  await dropThemes(database, quietDays, {
    worker,
    signal,
    onProgress: (done) => screen.wait('Archiving', `${count(done)} songs`),
  })
  screen.clear()
}
