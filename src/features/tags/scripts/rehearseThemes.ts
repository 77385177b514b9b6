import * as z from 'zod/mini'
import { countOf, duration } from '../../../lib/numbers.ts'
import type { Connection } from './connect.ts'
import { contractDatabase } from './contractDatabase.ts'
import { EXIT } from './exitCodes.ts'
import type { MigrateFlags } from './migrateOptions.ts'
import { migrationConfig } from './migrationConfig.ts'
import type { Outcome, Session } from './session.ts'

/** Songs that differ, listed unless `--verbose` asks for all that were found. */
const MOST_LISTED = 8

/** Rehearses on a copy and records on the songbook how that ended. @throws MigrationFailure */
export async function rehearseThemes(
  flags: MigrateFlags,
  connection: Connection,
  session: Session,
): Promise<Outcome> {
  const { screen } = session
  const { paint, words } = screen.style
  const started = performance.now()
  const config = migrationConfig(flags, session)
  const database = contractDatabase(connection, config, session)
  // Loaded only here: nothing else that is done to a hosted project needs PostgreSQL on this machine.
  const { rehearse } = await import('../../../../scripts/rehearse/rehearse.ts')
  const { songs, differing, steps } = await rehearse(database, {
    config,
    onStep: (doing) => screen.wait('Rehearsing', doing),
  })
  screen.clear()
  for (const { name, found, ok, differences } of steps) {
    screen.line(`${ok ? paint.green('✔') : paint.red('✘')} ${name}: ${found}`)
    const shown = flags.verbose ? differences : differences.slice(0, MOST_LISTED)
    for (const difference of shown) screen.line(`  ${words(JSON.stringify(difference))}`)
  }
  await database.call(
    'tag_migration_record_rehearsal',
    {
      p_songs: songs,
      p_differing: differing,
      p_report: { steps: steps.map(({ name, found, ok }) => ({ name, found, ok })) },
      p_worker: config.worker,
    },
    z.null(),
  )
  const verdict = differing === 0 ? 'No song differs' : 'Songs differ'
  screen.line(
    `${paint.bold(verdict)}, ${countOf(songs, 'song')} in ${duration(performance.now() - started)}.`,
  )
  const json = {
    phase: 'rehearsed',
    songs,
    differing,
    steps,
    durationMs: Math.round(performance.now() - started),
  }
  return { exitCode: differing === 0 ? EXIT.done : EXIT.attention, json }
}
