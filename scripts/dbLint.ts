import { parseArgs } from 'node:util'
import * as z from 'zod/mini'
import { withConnection } from './stack/connect.ts'
import { runSupabase } from './stack/supabaseCli.ts'
import { createMigratedDatabase, startTemporaryCluster } from './stack/temporaryCluster.ts'

const adviceSchema = z.array(z.object({ name: z.string(), level: z.string(), detail: z.string() }))

/** Checks the bodies of the functions, where the server can. @returns whether nothing was found */
async function lintFunctions(dbUrl: string): Promise<boolean> {
  const [extension] = await withConnection(
    dbUrl,
    (sql) => sql`select from pg_catalog.pg_available_extensions where name = 'plpgsql_check'`,
  )
  if (extension === undefined) {
    console.log(
      'Function bodies: not checked, this PostgreSQL has no extension plpgsql_check (the embedded one never has).\n' +
        '  With --db-url they are checked on one that has it and holds the migrations: a hosted project, or a\n' +
        '  PostgreSQL with the package postgresql-17-plpgsql-check under `npm run stack -- --db-url URL`.',
    )
    return true
  }
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
  const aggregates = await namesOfAggregates(dbUrl)
  const left = found.filter(
    ({ name, detail }) =>
      name !== 'function_search_path_mutable' || !aggregates.some((one) => detail.includes(`\`${one}\``)),
  )
  for (const { level, name, detail } of left) console.log(`${level} ${name}: ${detail}`)
  console.log(left.length === 0 ? 'Advisors: nothing found.' : `Advisors: ${left.length} found.`)
  return left.length === 0
}

/** An aggregate takes no settings, and has no body of its own that would look a name up. */
async function namesOfAggregates(dbUrl: string): Promise<string[]> {
  const rows = await withConnection(
    dbUrl,
    (sql) => sql<{ name: string }[]>`
      select format('%s.%s', p.pronamespace::regnamespace, p.proname) as name
      from pg_catalog.pg_proc as p
      where p.prokind = 'a' and p.pronamespace <> 'pg_catalog'::regnamespace`,
  )
  return rows.map(({ name }) => name)
}

async function check(dbUrl: string): Promise<void> {
  const isSound = await lintFunctions(dbUrl)
  const isAdvised = await askAdvisors(dbUrl)
  process.exitCode = isSound && isAdvised ? 0 : 1
}

const { values } = parseArgs({ options: { 'db-url': { type: 'string' } } })
if (values['db-url'] !== undefined) await check(values['db-url'])
else {
  const cluster = await startTemporaryCluster()
  try {
    await check(await createMigratedDatabase(cluster, 'lint'))
  } finally {
    await cluster.stop()
  }
}
