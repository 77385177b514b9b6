import { rm } from 'node:fs/promises'
import { postgresUrl, withConnection } from './connect.ts'
import { freePort } from './freePort.ts'
import { initialiseData, SUPERUSER } from './initialiseData.ts'
import { generateKeys, type StackKeys } from './keys.ts'
import { prepareTemporaryHome } from './postgresHome.ts'
import { startPostgres } from './postgresServer.ts'
import { testSettings } from './postgresSettings.ts'
import { prepareDatabase } from './prepareDatabase.ts'

/** A PostgreSQL that leaves nothing behind. */
export interface TemporaryCluster {
  port: number
  keys: StackKeys
  /** Stops it and deletes its data; done by its guard too when this process dies. */
  stop(): Promise<void>
}

/**
 * Starts a PostgreSQL on a free port with data of its own in the temporary folder.
 *
 * @param inMemory whether the data may lie in memory, because it stays small
 */
export async function startTemporaryCluster({ inMemory = false } = {}): Promise<TemporaryCluster> {
  const keys = generateKeys()
  const home = await prepareTemporaryHome(inMemory)
  try {
    await initialiseData(home, keys.postgresPassword)
    const port = await freePort()
    const server = await startPostgres({
      home,
      port,
      settings: testSettings,
      stopMode: 'immediate',
      temporary: true,
    })
    return { port, keys, stop: () => server.stop() }
  } catch (error) {
    await rm(home.folder, { recursive: true, force: true })
    throw error
  }
}

/** Address of one of its databases. All its roles have one password: it lives for minutes, on loopback. */
export function clusterUrl(
  { port, keys }: Pick<TemporaryCluster, 'port' | 'keys'>,
  user: string,
  database: string,
) {
  return postgresUrl({ user, password: keys.postgresPassword, port, database })
}

/** Creates a database with every migration applied, owned by `postgres`. @returns the owner's address of it */
export async function createMigratedDatabase(cluster: TemporaryCluster, name: string): Promise<string> {
  await withConnection(clusterUrl(cluster, SUPERUSER, 'postgres'), (sql) => sql`create database ${sql(name)}`)
  const ownerUrl = clusterUrl(cluster, 'postgres', name)
  await prepareDatabase({
    superuserUrl: clusterUrl(cluster, SUPERUSER, name),
    ownerUrl,
    owner: 'postgres',
    ownerPassword: cluster.keys.postgresPassword,
    apiPassword: cluster.keys.postgresPassword,
  })
  return ownerUrl
}
