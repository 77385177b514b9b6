import { withConnection } from '../stack/connect.ts'
import { SUPERUSER } from '../stack/initialiseData.ts'
import { PACKAGE_VARIABLE } from '../stack/postgresPackage.ts'
import { clusterUrl, createMigratedDatabase, startTemporaryCluster } from '../stack/temporaryCluster.ts'
import { asPackage, packagedVersions, versionWith } from './packagedPostgres.ts'

/** What only C code or somebody else's package brings; no PostgreSQL from npm has them. */
export type Extension = 'pgtap' | 'plpgsql_check'

/**
 * Runs a task on a server that has the extension: the given one, which must hold the migrations, or one of Debian's
 * packages, started for it with data of its own.
 *
 * @param task is given the address of a database with the migrations, and the server in words
 * @returns undefined when there is no such server
 */
export async function withExtension<T>(
  extension: Extension,
  dbUrl: string | undefined,
  task: (dbUrl: string, server: string) => Promise<T>,
): Promise<T | undefined> {
  if (dbUrl !== undefined) return withGiven(extension, dbUrl, task)
  const major = await versionWith(extension)
  if (major === undefined) return undefined
  return asPackage(major, async (folder) => {
    process.env[PACKAGE_VARIABLE] = folder
    const cluster = await startTemporaryCluster({ inMemory: true })
    try {
      const url = await createMigratedDatabase(cluster, 'checked')
      // As on hosted Supabase: it lets the owner, who is no superuser, do the one, and does the other.
      await withConnection(clusterUrl(cluster, SUPERUSER, 'checked'), async (sql) => {
        await sql`create extension ${sql(extension)} schema extensions`
        await sql`alter database checked set search_path = "$user", public, extensions`
      })
      return await task(url, `PostgreSQL ${major} of this machine's packages`)
    } finally {
      await cluster.stop()
      delete process.env[PACKAGE_VARIABLE]
    }
  })
}

/** Leaves the given database as it was: what was not installed is dropped afterwards. */
async function withGiven<T>(
  extension: Extension,
  dbUrl: string,
  task: (dbUrl: string, server: string) => Promise<T>,
): Promise<T | undefined> {
  return withConnection(dbUrl, async (sql) => {
    const [found] = await sql<{ version: string | null }[]>`
      select installed_version as version from pg_catalog.pg_available_extensions where name = ${extension}`
    if (found === undefined) return undefined
    if (found.version === null) await sql`create extension ${sql(extension)} schema extensions`
    try {
      return await task(dbUrl, 'the given PostgreSQL')
    } finally {
      if (found.version === null) await sql`drop extension ${sql(extension)}`
    }
  })
}

/** How to come by such a server. */
export async function adviceFor(extension: Extension): Promise<string> {
  const [major = 17] = await packagedVersions()
  const name = extension.replaceAll('_', '-')
  return [
    `  Debian and Ubuntu: apt-get install postgresql-${major}-${name}; this command then finds and starts that server.`,
    '  Elsewhere: -- --db-url URL, of a PostgreSQL that has it and holds the migrations (a hosted project, or one under',
    '  `npm run stack -- --db-url URL`).',
  ].join('\n')
}
