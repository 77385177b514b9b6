import { randomBytes } from 'node:crypto'
import postgres, { type Sql } from 'postgres'
import { seed } from '../seed/seed.ts'
import { openApi } from '../stack/api.ts'
import { API_ROLE } from '../stack/bootstrapRoles.ts'
import { withConnection } from '../stack/connect.ts'
import { SUPERUSER } from '../stack/initialiseData.ts'
import { serveApi } from '../stack/serveApi.ts'
import { clusterUrl, type TemporaryCluster } from '../stack/temporaryCluster.ts'
import { CallGate } from './callGate.ts'

/** Any PostgreSQL of ours: a test run's or a script's own. */
export type Cluster = Pick<TemporaryCluster, 'port' | 'keys'>

/** A songbook with an API of its own, through a gate. */
export interface Songbook {
  sql: Sql
  gate: CallGate
  apiUrl: string
  secretKey: string
  drop(): Promise<void>
}

/**
 * Makes the songbook that every run begins with: songs from the seed, and some links that people made before.
 * @param migrated the name of a database with the migrations applied, which is copied
 * @returns the name of a database to copy
 */
export async function prepareSongbook(cluster: Cluster, migrated: string, songs: number): Promise<string> {
  const name = await copyDatabase(cluster, migrated)
  const dbUrl = clusterUrl(cluster, 'postgres', name)
  await seed({ dbUrl, source: { songs }, randomSeed: 'kill', whenNotEmpty: 'refuse' })
  await withConnection(dbUrl, async (sql) => {
    await sql`
      insert into public.song_tags (song_id, tag_id)
      select s.id, t.id
      from (select s.id, row_number() over (order by s.id) as rank from public.songs as s) as s
      join public.tags as t on t.name = (array['Grace', 'Praise', 'Christmas'])[1 + s.rank % 3]
      where s.rank % 20 = 0`
  })
  return name
}

/** A copy of the template, with an API of its own before it. @throws PostgresError */
export async function openSongbook(cluster: Cluster, template: string): Promise<Songbook> {
  const name = await copyDatabase(cluster, template)
  const sql = postgres(clusterUrl(cluster, 'postgres', name), { max: 2, onnotice: () => undefined })
  const api = await openApi({ ...cluster.keys, dbUrl: clusterUrl(cluster, API_ROLE, name) })
  const gate = new CallGate(api)
  const server = await serveApi(gate, 0)
  return {
    sql,
    gate,
    apiUrl: server.url,
    secretKey: cluster.keys.secretKey,
    drop: async () => {
      await gate.idle()
      await server.close()
      await Promise.all([api.close(), sql.end({ timeout: 5 })])
      await dropDatabase(cluster, name)
    },
  }
}

export function dropDatabase(cluster: Cluster, name: string): Promise<unknown> {
  return withConnection(
    clusterUrl(cluster, SUPERUSER, 'postgres'),
    (sql) => sql`drop database ${sql(name)} with (force)`,
  )
}

async function copyDatabase(cluster: Cluster, template: string): Promise<string> {
  const name = `kill_${randomBytes(6).toString('hex')}`
  await withConnection(
    clusterUrl(cluster, SUPERUSER, 'postgres'),
    (sql) => sql`create database ${sql(name)} template ${sql(template)} strategy file_copy owner postgres`,
  )
  return name
}
