import * as z from 'zod/mini'
import type { MigrationDatabase } from './migrationDatabase.ts'

/** Adds what a run's batches counted to the tags' usage counts, until nothing is left to add. @throws MigrationFailure */
export async function foldUsage(database: MigrationDatabase, runId: string): Promise<void> {
  while ((await database.call('tag_migration_fold', { p_run: runId }, z.number())) > 0);
}
