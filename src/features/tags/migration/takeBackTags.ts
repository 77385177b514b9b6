import * as z from 'zod/mini'
import { BEFORE_ALL, fencedSchema, type MigrationDatabase, type Run } from './migrationDatabase.ts'
import { waitBefore } from './retry.ts'
import { tagsHeld } from './rollbackFailures.ts'
import { ROUNDS_OF_WAITING } from './takeBackSongs.ts'
import { takenOver } from './takenOver.ts'

const tagsSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('done'), last: z.nullable(z.string()), skipped: z.number() }),
  fencedSchema,
])

/** Removes the tags that the run made and that nobody uses or changed; waits for those that are held. @throws MigrationFailure */
export async function takeBackTags(database: MigrationDatabase, run: Run): Promise<void> {
  for (let rounds = 0; ; rounds += 1) {
    const skipped = await judgeAll(database, run)
    if (skipped === 0) return
    if (rounds === ROUNDS_OF_WAITING) throw tagsHeld(skipped)
    await waitBefore(database.policy, rounds, tagsHeld(skipped))
  }
}

async function judgeAll(database: MigrationDatabase, run: Run): Promise<number> {
  let skipped = 0
  for (let after = BEFORE_ALL; ; ) {
    const answer = await database.call(
      'tag_migration_rollback_tags',
      { p_run: run.id, p_epoch: run.epoch, p_after: after, p_limit: 1000 },
      tagsSchema,
    )
    if (answer.outcome === 'fenced') throw takenOver(answer)
    if (answer.last === null) return skipped
    after = answer.last
    skipped += answer.skipped
  }
}
