import * as z from 'zod/mini'
import type { MigrationDatabase } from './migrationDatabase.ts'

/** Adds what a run's batches counted to the tags' usage counts, until nothing is left to add. @throws MigrationFailure */
export async function foldUsage(database: MigrationDatabase, runId: string): Promise<void> {
  while ((await foldSomeUsage(database, runId)) > 0);
}

/**
 * Takes over what up to 2,000 batches counted, and adds that of some tags. While others go on making batches there is always
 * something left to add.
 * @returns how much is left, in batches and entries; 0 when all is added
 * @throws MigrationFailure
 */
export function foldSomeUsage(database: MigrationDatabase, runId: string): Promise<number> {
  return database.call('tag_migration_fold', { p_run: runId }, z.number())
}
