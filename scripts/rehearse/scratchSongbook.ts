import type { Sql } from 'postgres'
import { openApi } from '../stack/api.ts'
import { API_ROLE } from '../stack/bootstrapRoles.ts'
import { withConnection } from '../stack/connect.ts'
import { clusterUrl, createMigratedDatabase, startTemporaryCluster } from '../stack/temporaryCluster.ts'

/** An empty songbook that leaves nothing behind. */
export interface ScratchSongbook {
  sql: Sql
  fetch: typeof fetch
  apiUrl: string
  secretKey: string
}

const DATABASE = 'rehearsal'

/** Has the work done on a PostgreSQL of its own, with every migration applied, that ends with it. */
export async function withScratchSongbook<Result>(
  work: (songbook: ScratchSongbook) => Promise<Result>,
): Promise<Result> {
  const cluster = await startTemporaryCluster()
  try {
    const dbUrl = await createMigratedDatabase(cluster, DATABASE)
    const api = await openApi({ ...cluster.keys, dbUrl: clusterUrl(cluster, API_ROLE, DATABASE) })
    try {
      return await withConnection(dbUrl, (sql) =>
        work({
          sql,
          fetch: (input, init) => api.fetch(new Request(input, init), '127.0.0.1'),
          apiUrl: 'http://rehearsal.test',
          secretKey: cluster.keys.secretKey,
        }),
      )
    } finally {
      await api.close()
    }
  } finally {
    await cluster.stop()
  }
}
