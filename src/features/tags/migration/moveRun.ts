import * as z from 'zod/mini'
import { isBeyond } from './isBeyond.ts'
import { fencedSchema, type MigrationDatabase, type Run, runSchema } from './migrationDatabase.ts'
import { MigrationFailure } from './migrationFailure.ts'
import { NOT_IN_THIS_STATE } from './sqlStates.ts'
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

/**
 * Moves a run a step on, unless another worker on the same run has taken that step, or more, already.
 * @throws MigrationFailure as `moveRun`
 */
export async function moveRunOn(
  database: MigrationDatabase,
  run: Run,
  step: { to: Run['status']; worker: string },
): Promise<Run> {
  try {
    return await moveRun(database, run, step)
  } catch (error) {
    if (!(error instanceof MigrationFailure) || error.detail !== NOT_IN_THIS_STATE) throw error
    const now = await database.run(run.id)
    if (now === null || !isBeyond(now, run, step.to)) throw error
    return now
  }
}
