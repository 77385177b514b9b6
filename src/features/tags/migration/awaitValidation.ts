import type { MigrationDatabase, Run } from './migrationDatabase.ts'
import { readStatus } from './runStatus.ts'
import { takenOver } from './takenOver.ts'

const LOOK_EVERY_MS = 500
/** Without a sign of life for so long, the other one is taken for dead; milliseconds. Wrongly so costs only a second validation. */
const PATIENCE_MS = 15_000

/**
 * Waits while another worker of the session validates.
 * @param onLook told whom it waits for, each time it has looked
 * @returns how it ended, or `abandoned` when the other one gives no sign of life any more
 * @throws MigrationFailure `paused`, `cancelled` or `taken-over`, when the run is stopped meanwhile; `stopped`
 */
export async function awaitValidation(
  database: MigrationDatabase,
  run: Run,
  onLook: (worker: string) => void,
): Promise<'complete' | 'failed' | 'abandoned'> {
  for (;;) {
    const { run: now, workers, ...status } = await readStatus(database, run.id)
    if (now === null) return 'abandoned'
    if (now.epoch !== run.epoch) throw takenOver({ outcome: 'fenced', ...now })
    if (now.status === 'complete' || now.status === 'failed') return now.status
    if (now.status !== 'validating') throw takenOver({ outcome: 'fenced', ...now })
    const other = workers.find((worker) => worker.name === now.worker)
    const silentMs = other === undefined ? Infinity : status.now.getTime() - other.seenAt.getTime()
    if (other?.leftAt || silentMs > PATIENCE_MS) return 'abandoned'
    onLook(now.worker)
    await database.policy.sleep(LOOK_EVERY_MS)
  }
}
