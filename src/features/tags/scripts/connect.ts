import { createMigrationClient, type MigrationClient } from '../migration/migrationClient.ts'
import { failureOf, MigrationDatabase, type Run } from '../migration/migrationDatabase.ts'
import { MigrationFailure } from '../migration/migrationFailure.ts'
import { sleepUntil } from '../migration/retry.ts'
import type { MigrationTelemetry } from '../monitoring/migrationTelemetry.ts'
import { openTelemetry } from './openTelemetry.ts'
import type { Session } from './session.ts'
import type { Target } from './target.ts'

export interface Connection {
  client: MigrationClient
  target: Target
  /** The latest run, ended or not. */
  latest: Run | null
  /** Where a DSN is set. */
  telemetry: MigrationTelemetry | undefined
}

/** A wrong address or key does not get better: the first contact is not tried as often as a batch. */
const FIRST_RETRIES = 2

/**
 * Makes sure, writing nothing, that the server answers, takes the key, and has the tables and functions.
 * @throws MigrationFailure
 */
export async function connect(session: Session, target: Target): Promise<Connection> {
  session.keepSecret(target.key)
  session.screen.wait('Connecting', target.name)
  const telemetry = await openTelemetry(session)
  const client = createMigrationClient(target.url, target.key, telemetry?.fetchThrough())
  const database = new MigrationDatabase(client, {
    maxRetries: FIRST_RETRIES,
    delayMs: 250,
    sleep: sleepUntil(session.signal),
    random: Math.random,
    onRetry: () => session.screen.wait('Connecting', `to ${target.name} once more`),
  })
  try {
    const latest = await database.run(null)
    await checkTables(client)
    return { client, target, latest, telemetry }
  } catch (error) {
    if (!(error instanceof MigrationFailure) || error.code !== 'unreachable') throw error
    throw new MigrationFailure('unreachable', `${target.host} does not answer.`, {
      advice: 'Check SUPABASE_URL and the network, then run the command again.',
      cause: error,
    })
  } finally {
    session.screen.clear()
  }
}

/** One row of each: reading needs the table, the grant and a key that passes row-level security. */
async function checkTables(client: MigrationClient): Promise<void> {
  const answers = await Promise.all([
    client.from('songs').select('id').limit(1),
    client.from('tags').select('id').limit(1),
    client.from('song_tags').select('song_id').limit(1),
  ])
  for (const { error, status } of answers) if (error) throw failureOf('the tag system', status, error)
}
