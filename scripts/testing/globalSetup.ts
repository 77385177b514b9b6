import type { TestProject } from 'vitest/node'
import { applyMigrations } from '../stack/applyMigrations.ts'
import { bootstrapDatabase } from '../stack/bootstrapDatabase.ts'
import { bootstrapRoles } from '../stack/bootstrapRoles.ts'
import { postgresUrl, withConnection } from '../stack/connect.ts'
import { freePort } from '../stack/freePort.ts'
import { initialiseData, SUPERUSER } from '../stack/initialiseData.ts'
import { generateKeys, type StackKeys } from '../stack/keys.ts'
import { prepareTemporaryHome } from '../stack/postgresHome.ts'
import { startPostgres } from '../stack/postgresServer.ts'
import { testSettings } from '../stack/postgresSettings.ts'
import { TEMPLATE_DATABASE } from './testCluster.ts'

/** Starts one PostgreSQL for the whole test run and builds the template that the test files copy. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const keys = generateKeys()
  const home = await prepareTemporaryHome()
  await initialiseData(home, keys.postgresPassword)
  const port = await freePort()
  const server = await startPostgres({
    home,
    port,
    settings: testSettings,
    stopMode: 'immediate',
    temporary: true,
  })
  try {
    await buildTemplate(port, keys)
    project.provide('testCluster', { ready: true, port, keys })
  } catch (error) {
    // A broken migration fails the tests that use a database, by its own message, and no others.
    project.provide('testCluster', {
      ready: false,
      reason: error instanceof Error ? error.message : String(error),
    })
  }
  return () => server.stop()
}

async function buildTemplate(port: number, keys: StackKeys): Promise<void> {
  const password = keys.postgresPassword
  const superuser = (database: string) => postgresUrl({ user: SUPERUSER, password, port, database })
  const owner = postgresUrl({ user: 'postgres', password, port, database: TEMPLATE_DATABASE })
  await withConnection(superuser('postgres'), async (sql) => {
    await bootstrapRoles(sql, { owner: 'postgres', ownerPassword: password, apiPassword: password })
    await sql`create database ${sql(TEMPLATE_DATABASE)} owner postgres`
  })
  await withConnection(superuser(TEMPLATE_DATABASE), (sql) =>
    bootstrapDatabase(sql, superuser(TEMPLATE_DATABASE), 'postgres'),
  )
  await withConnection(owner, (sql) => applyMigrations(sql))
  await withConnection(superuser('postgres'), async (sql) => {
    // Copying a template fails while anybody is connected to it.
    await sql`alter database ${sql(TEMPLATE_DATABASE)} is_template true allow_connections false`
  })
}
