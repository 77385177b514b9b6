import { randomBytes } from 'node:crypto'
import postgres, { type Sql } from 'postgres'
import { API_ROLE } from '../../stack/bootstrapRoles.ts'
import { withConnection } from '../../stack/connect.ts'
import { SUPERUSER } from '../../stack/initialiseData.ts'
import { clusterUrl } from '../../stack/temporaryCluster.ts'
import type { ApiHost, HostedApi } from '../stack/apiHost.ts'
import type { RestartableCluster } from '../stack/restartableCluster.ts'

/** Where a run takes place. */
export interface Place {
  cluster: RestartableCluster
  apiHost: ApiHost
  /** Name of the database that each run copies. */
  template: string
}

/** A songbook of a run's own. */
export interface Songbook {
  dbUrl: string
  sql: Sql
  superuser: Sql
  api: HostedApi
  drop(): Promise<void>
}

export async function openSongbook({ cluster, apiHost, template }: Place): Promise<Songbook> {
  const name = `chaos_${randomBytes(6).toString('hex')}`
  const asSuperuser = <T>(task: (sql: Sql) => Promise<T>) =>
    withConnection(clusterUrl(cluster, SUPERUSER, 'postgres'), task)
  await asSuperuser(
    (sql) => sql`create database ${sql(name)} template ${sql(template)} strategy file_copy owner postgres`,
  )
  const dbUrl = clusterUrl(cluster, 'postgres', name)
  const options = { max: 1, onnotice: () => undefined, backoff: () => 0.02 }
  const sql = postgres(dbUrl, options)
  const superuser = postgres(clusterUrl(cluster, SUPERUSER, name), options)
  const api = await apiHost.open(clusterUrl(cluster, API_ROLE, name), cluster.keys)
  return {
    dbUrl,
    sql,
    superuser,
    api,
    drop: async () => {
      await api.close()
      await Promise.all([sql.end({ timeout: 5 }), superuser.end({ timeout: 5 })])
      await asSuperuser((admin) => admin`drop database ${admin(name)} with (force)`)
    },
  }
}
