import * as z from 'zod/mini'
import { fencedSchema, type MigrationDatabase, type Run } from './migrationDatabase.ts'
import { takenOver } from './takenOver.ts'

const keptSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('kept-aside'), songs: z.int() }),
  fencedSchema,
])

/**
 * Before a run begins that tries one song again: leaves the others in quarantine that earlier runs have put there.
 * @throws MigrationFailure when somebody has taken the run over
 */
export async function keepAside(database: MigrationDatabase, run: Run, song: string): Promise<void> {
  const answer = await database.call(
    'tag_migration_keep_aside',
    { p_run: run.id, p_epoch: run.epoch, p_song: song },
    keptSchema,
  )
  if (answer.outcome === 'fenced') throw takenOver(answer)
}
