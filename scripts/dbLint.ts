import { parseArgs } from 'node:util'
import * as z from 'zod/mini'
import { adviceFor, withExtension } from './database/withExtension.ts'
import { withConnection } from './stack/connect.ts'
import { runSupabase } from './stack/supabaseCli.ts'
import { createMigratedDatabase, startTemporaryCluster } from './stack/temporaryCluster.ts'

const adviceSchema = z.array(z.object({ name: z.string(), level: z.string(), detail: z.string() }))

/** Checks the bodies of the functions. @returns whether nothing was found */
async function lintFunctions(dbUrl: string): Promise<boolean> {
  const lint = await runSupabase(['db', 'lint', '--level=warning', '--fail-on=warning', `--remote=${dbUrl}`])
  console.log(lint.code === 0 ? 'Function bodies: nothing found.' : `${lint.stdout}${lint.stderr}`.trim())
  return lint.code === 0
}

/** Asks Supabase's security and performance advisors. @returns whether nothing was found at warning level or above */
async function askAdvisors(dbUrl: string): Promise<boolean> {
  const advice = await runSupabase(['db', 'advisors', '--type=all', '--level=warn', `--remote=${dbUrl}`])
  // It prints a sentence instead of an empty list.
  const found = advice.stdout.trim().startsWith('[') ? adviceSchema.parse(JSON.parse(advice.stdout)) : []
  if (advice.code !== 0) {
    console.log(`Advisors: failed.\n${advice.stderr.trim()}`)
    return false
  }
  const resolved = await namesOfResolved(dbUrl)
  const left = found.filter(
    ({ name, detail }) =>
      name !== 'function_search_path_mutable' || !resolved.some((one) => detail.includes(`\`${one}\``)),
  )
  for (const { level, name, detail } of left) console.log(`${level} ${name}: ${detail}`)
  console.log(left.length === 0 ? 'Advisors: nothing found.' : `Advisors: ${left.length} found.`)
  return left.length === 0
}

/** Functions that look no name up: aggregates, which have no body, and those whose body was resolved when they were made. */
async function namesOfResolved(dbUrl: string): Promise<string[]> {
  const rows = await withConnection(
    dbUrl,
    (sql) => sql<{ name: string }[]>`
      select format('%s.%s', p.pronamespace::regnamespace, p.proname) as name
      from pg_catalog.pg_proc as p
      where (p.prokind = 'a' or p.prosqlbody is not null) and p.pronamespace <> 'pg_catalog'::regnamespace`,
  )
  return rows.map(({ name }) => name)
}

/** Everything that a server with plpgsql_check can say. @returns the exit code */
async function check(dbUrl: string, server: string): Promise<number> {
  console.log(`On ${server}:`)
  const isSound = await lintFunctions(dbUrl)
  return (await askAdvisors(dbUrl)) && isSound ? 0 : 1
}

/** What can be said without it. */
async function checkLess(dbUrl: string | undefined): Promise<number> {
  console.log('Function bodies: not checked, no PostgreSQL here has the extension plpgsql_check.')
  console.log(await adviceFor('plpgsql_check'))
  if (dbUrl !== undefined) return (await askAdvisors(dbUrl)) ? 0 : 1
  const cluster = await startTemporaryCluster()
  try {
    return (await askAdvisors(await createMigratedDatabase(cluster, 'lint'))) ? 0 : 1
  } finally {
    await cluster.stop()
  }
}

/** With --strict: nothing was found, but not everything was looked at. */
const NOT_CHECKED = 3

const { values } = parseArgs({
  options: { 'db-url': { type: 'string' }, strict: { type: 'boolean', default: false } },
})
process.exitCode =
  (await withExtension('plpgsql_check', values['db-url'], check)) ??
  ((await checkLess(values['db-url'])) || (values.strict ? NOT_CHECKED : 0))
