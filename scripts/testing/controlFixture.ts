import { createMigrationClient } from '../../src/features/tags/migration/migrationClient.ts'
import { MigrationDatabase } from '../../src/features/tags/migration/migrationDatabase.ts'
import { RunControl } from '../../src/features/tags/migration/runControl.ts'
import type { TestDatabase } from './testDatabase.ts'

/** The engine's door to a test database; what may pass is tried again at once. */
export function doorTo(
  database: TestDatabase,
  fetchImplementation: typeof fetch = database.fetch,
): MigrationDatabase {
  const client = createMigrationClient(database.apiUrl, database.secretKey, fetchImplementation)
  return new MigrationDatabase(client, {
    maxRetries: 3,
    delayMs: 1,
    sleep: () => Promise.resolve(),
    random: Math.random,
    onRetry: () => undefined,
  })
}

/** Somebody at another terminal. */
export const controlOf = (database: TestDatabase, fetchImplementation?: typeof fetch): RunControl =>
  new RunControl(doorTo(database, fetchImplementation), 'ada')

/** Leaves nothing of a test's runs and songs. */
export async function forgetRuns({ sql }: TestDatabase): Promise<void> {
  await sql`
    truncate public.songs, tag_migration.plan, tag_migration.run, tag_migration.journal, tag_migration.song_state cascade`
  await sql`update tag_migration.sync set is_on = false`
  await sql`delete from public.tags where not is_standard`
  await sql`update public.tags set usage_count = 0 where usage_count <> 0`
}
