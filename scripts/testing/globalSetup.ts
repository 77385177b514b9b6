import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { API_ROLE } from '../stack/bootstrapRoles.ts'
import { withConnection } from '../stack/connect.ts'
import { SUPERUSER } from '../stack/initialiseData.ts'
import { clusterUrl, createMigratedDatabase, startTemporaryCluster } from '../stack/temporaryCluster.ts'
import { announceDdl } from './announceDdl.ts'
import { buildAppOnce } from './builtApp.ts'
import { makeStackOnce } from './madeStack.ts'
import { makeStackFolder } from './stackProcess.ts'
import { readSchema } from './templateSchema.ts'
import { TEMPLATE_DATABASE } from './testCluster.ts'
import { openWorkshop } from './workshop.ts'

/**
 * Starts one PostgreSQL for the whole test run and makes the template that the test files copy; on demand builds the app
 * and makes a stack's folder.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [cluster, folders, stack] = await Promise.all([
    startTemporaryCluster({ inMemory: true }),
    mkdtemp(join(tmpdir(), 'songbook-app-')),
    makeStackFolder(),
  ])
  const workshop = await openWorkshop({
    app: () => buildAppOnce(folders),
    stack: () => makeStackOnce(stack),
  })
  project.provide('workshopUrl', workshop.url)
  project.onTestsRerun(workshop.forget)
  const { port, keys } = cluster
  try {
    await createMigratedDatabase(cluster, TEMPLATE_DATABASE)
    await announceDdl(clusterUrl(cluster, SUPERUSER, TEMPLATE_DATABASE), false)
    const schema = await readSchema({ ...keys, dbUrl: clusterUrl(cluster, API_ROLE, TEMPLATE_DATABASE) })
    await withConnection(clusterUrl(cluster, SUPERUSER, 'postgres'), async (sql) => {
      // Copying a template fails while anybody is connected to it.
      await sql`alter database ${sql(TEMPLATE_DATABASE)} is_template true allow_connections false`
    })
    project.provide('testCluster', { ready: true, port, keys, schema })
  } catch (error) {
    // A broken migration fails the tests that use a database, by its own message, and no others.
    project.provide('testCluster', {
      ready: false,
      reason: error instanceof Error ? error.message : String(error),
    })
  }
  return async () => {
    await Promise.all([cluster.stop(), workshop.close()])
    for (const folder of [folders, stack]) await rm(folder, { recursive: true, force: true })
  }
}
