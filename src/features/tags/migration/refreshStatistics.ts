import * as z from 'zod/mini'
import type { MigrationDatabase } from './migrationDatabase.ts'

/** Songs. The planner's picture of the tables is renewed as they grow: often at first, and then at this step. */
const FIRST = 1000
const FACTOR = 4
const STEP = 50_000

/** Whether the planner should look at the tables again, the run having grown from so many songs to so many. */
export function statisticsAreDue(before: number, after: number): boolean {
  let due = FIRST
  while (due <= before) due = due < STEP ? due * FACTOR : due + STEP
  return due <= after
}

/**
 * Tells the planner how large the tables are that batches fill. What it learnt while they were empty makes it read a
 * whole index for each song: the time of a batch then grows with the songs done, until autovacuum comes by.
 * @throws MigrationFailure
 */
export async function refreshStatistics(database: MigrationDatabase): Promise<void> {
  await database.call('tag_migration_refresh_statistics', {}, z.null())
}
