import * as z from 'zod/mini'
import type { MigrationDatabase } from './migrationDatabase.ts'

const driftSchema = z.object({
  at: z.coerce.date(),
  /** Counts the times around all songs and tags. */
  round: z.number(),
  isClean: z.boolean(),
  isRoundComplete: z.boolean(),
  /** Songs looked at in this check. */
  songs: z.number(),
  /** Of them without a state and not in quarantine; while a run is under way they are only not done yet. */
  unsynced: z.number(),
  isUnderWay: z.boolean(),
  /** The first of them, when it is drift. */
  unsyncedSongs: z.array(z.string()),
  differing: z.number(),
  differences: z.array(z.looseObject({ songId: z.string() })),
  tags: z.number(),
  tagsDiffering: z.number(),
  tagDifferences: z.array(z.looseObject({ tagId: z.string(), tag: z.string() })),
})
export type DriftCheck = z.infer<typeof driftSchema>

/** Checks the next stretch of songs and tags, and has the database record what was found. @throws MigrationFailure */
export function checkDrift(database: MigrationDatabase): Promise<DriftCheck> {
  return database.call('tag_migration_check_drift', {}, driftSchema)
}
