import { z } from 'zod'
import { fencedSchema, type MigrationDatabase, type Run, runSchema } from './migrationDatabase.ts'
import { takenOver } from './takenOver.ts'

export const movedSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('moved'), run: runSchema }),
  fencedSchema,
])

/**
 * Moves a run along the table of transitions.
 * @param worker who moves it; the run's own afterwards, unless another one was faster
 * @throws MigrationFailure `taken-over`, `paused` or `cancelled` by others; `database` when the table refuses it
 */
export async function moveRun(
  database: MigrationDatabase,
  run: Run,
  { to, worker, certificate }: { to: Run['status']; worker: string; certificate?: string | null | undefined },
): Promise<Run> {
  const answer = await database.call(
    'tag_migration_transition',
    {
      p_run: run.id,
      p_epoch: run.epoch,
      p_to: to,
      p_worker: worker,
      ...(certificate ? { p_certificate: certificate } : {}),
    },
    movedSchema,
  )
  if (answer.outcome === 'fenced') throw takenOver(answer)
  return answer.run
}
