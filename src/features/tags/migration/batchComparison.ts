import * as z from 'zod/mini'
import { AFTER_ALL, type MigrationDatabase, type Run } from './migrationDatabase.ts'
import { shareOutIds } from './stretches.ts'
import type { CheckedValidation } from './types.ts'
import { foundNothing } from './validationCheck.ts'

const QUERY = 'tag_migration_validate_batches'

/** Parts for each lane, so that several end together. */
const PARTS_PER_LANE = 2

const batchesSchema = z.object({
  last: z.nullable(z.object({ song: z.string(), number: z.number() })),
  batches: z.number(),
  differing: z.array(z.number()),
})

/** Compares the batches' checksums and counters with their journal rows. */
export class BatchComparison {
  /** The parts of it, which may be done side by side. Each throws a MigrationFailure. */
  readonly parts: readonly (() => Promise<void>)[]
  readonly #differing = new Set<number>()

  /** @param lanes that will do the parts; one does all in one */
  constructor(database: MigrationDatabase, run: Pick<Run, 'id'>, lanes: number) {
    this.parts = shareOutIds(lanes === 1 ? 1 : PARTS_PER_LANE * lanes).map(({ after, until }) => async () => {
      for (let place: { song: string; number: number } | null = { song: after, number: 0 }; place; ) {
        const args = {
          p_run: run.id,
          p_after: place.song,
          p_number: place.number,
          p_until: until ?? AFTER_ALL,
        }
        const answer: z.infer<typeof batchesSchema> = await database.call(QUERY, args, batchesSchema)
        for (const number of answer.differing) this.#differing.add(number)
        place = answer.last
      }
    })
  }

  /** What all parts found. */
  get check(): CheckedValidation {
    const numbers = [...this.#differing].toSorted((one, other) => one - other)
    return foundNothing('batch checksums match the journal', QUERY, numbers.length, numbers)
  }
}
