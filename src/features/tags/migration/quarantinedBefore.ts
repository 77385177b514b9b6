import * as z from 'zod/mini'
import type { MigrationDatabase } from './migrationDatabase.ts'
import { mayPass } from './sqlStates.ts'
import type { MigrationError } from './types.ts'

const quarantinedSchema = z.array(
  z.object({ songId: z.string(), sqlstate: z.string(), message: z.string(), attempts: z.number() }),
)

/** The run's songs in quarantine that this session did not put there; at most a thousand. @throws MigrationFailure */
export async function quarantinedBefore(
  database: MigrationDatabase,
  runId: string,
  known: readonly MigrationError[],
): Promise<MigrationError[]> {
  const rows = await database.call('tag_migration_quarantined', { p_run: runId }, quarantinedSchema)
  const knownIds = new Set(known.map((error) => error.songId))
  return rows
    .filter((row) => !knownIds.has(row.songId))
    .map(({ songId, sqlstate, message, attempts }) => ({
      songId,
      error: message,
      context: { sqlstate, attempts },
      recoverable: mayPass(sqlstate),
    }))
}
