import * as z from 'zod/mini'
import { BEFORE_ALL, type MigrationDatabase, type Run } from './migrationDatabase.ts'
import type { CheckedValidation } from './types.ts'
import { foundNothing } from './validationCheck.ts'

const QUERY = 'tag_migration_validate_batches'

const batchesSchema = z.object({
  last: z.nullable(z.object({ song: z.string(), number: z.number() })),
  batches: z.number(),
  differing: z.array(z.number()),
})

/** Compares the batches' checksums and counters with their journal rows. @throws MigrationFailure */
export async function validateBatches(
  database: MigrationDatabase,
  run: Pick<Run, 'id'>,
): Promise<CheckedValidation> {
  const differing: number[] = []
  for (let place = { song: BEFORE_ALL, number: 0 }; ; ) {
    const answer = await database.call(
      QUERY,
      { p_run: run.id, p_after: place.song, p_number: place.number },
      batchesSchema,
    )
    if (answer.last === null) break
    place = answer.last
    differing.push(...answer.differing)
  }
  const numbers = differing.toSorted((one, other) => one - other)
  return foundNothing('batch checksums match the journal', QUERY, numbers.length, numbers)
}
