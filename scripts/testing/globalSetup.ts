import type { TestProject } from 'vitest/node'
import { API_ROLE } from '../stack/bootstrapRoles.ts'
import { withConnection } from '../stack/connect.ts'
import { SUPERUSER } from '../stack/initialiseData.ts'
import { clusterUrl, createMigratedDatabase, startTemporaryCluster } from '../stack/temporaryCluster.ts'
import { announceDdl } from './announceDdl.ts'
import { startAppBuilder } from './builtApp.ts'
import { readSchema } from './templateSchema.ts'
import { TEMPLATE_DATABASE } from './testCluster.ts'

/** Starts one PostgreSQL for the whole test run and makes the template that the test files copy; builds the app on demand. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [cluster, builder] = await Promise.all([startTemporaryCluster({ inMemory: true }), startAppBuilder()])
  project.provide('appBuilderUrl', builder.url)
  project.onTestsRerun(builder.forget)
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
    await Promise.all([cluster.stop(), builder.close()])
  }
}
