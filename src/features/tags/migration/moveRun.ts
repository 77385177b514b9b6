import { z } from 'zod'
import { fencedSchema, type MigrationDatabase, type Run, runSchema } from './migrationDatabase.ts'
import { takenOver } from './takenOver.ts'

export const movedSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('moved'), run: runSchema }),
  fencedSchema,
])

/** Moves a run along the table of transitions. @throws MigrationFailure `taken-over`, or `database` when the table refuses it */
export async function moveRun(
  database: MigrationDatabase,
  run: Run,
  to: Run['status'],
  certificate?: string | null,
): Promise<Run> {
  const answer = await database.call(
    'tag_migration_transition',
    { p_run: run.id, p_epoch: run.epoch, p_to: to, ...(certificate ? { p_certificate: certificate } : {}) },
    movedSchema,
  )
  if (answer.outcome === 'fenced') throw takenOver(answer)
  return answer.run
}
