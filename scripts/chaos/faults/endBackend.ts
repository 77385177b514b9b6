import type { Sql } from 'postgres'
import { API_ROLE } from '../../stack/bootstrapRoles.ts'

/**
 * Ends the first backend of the API that is seen working on a call of the engine.
 * @param signal gives up: the call has been answered
 */
export async function endBackendAtWork(superuser: Sql, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    const ended = await superuser`
      select pg_terminate_backend(a.pid) from pg_stat_activity as a
      where a.datname = current_database() and a.usename = ${API_ROLE} and a.state = 'active' and a.query ~ 'tag_migration_'
      limit 1`
    if (ended.length > 0) return true
  }
  return false
}
