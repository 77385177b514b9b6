import { execFileSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { projectRoot } from './stack/project.ts'
import { runSupabase } from './stack/supabaseCli.ts'
import { createMigratedDatabase, startTemporaryCluster } from './stack/temporaryCluster.ts'

const TYPES_FILE = 'src/lib/database.types.ts'

/** The types of the schema public as the migrations make it, by the Supabase CLI. */
async function generateTypes(): Promise<string> {
  // A database of its own: a running stack may hold what somebody tries out.
  const cluster = await startTemporaryCluster()
  try {
    const url = await createMigratedDatabase(cluster, 'types')
    const { code, stdout, stderr } = await runSupabase([
      'gen',
      'types',
      '--lang=typescript',
      '--schema=public',
      `--remote=${url}`,
    ])
    if (code !== 0) throw new Error(stderr.trim())
    return format(`// Made by \`npm run db:types\` from supabase/migrations: do not edit.\n${stdout}`)
  } finally {
    await cluster.stop()
  }
}

/** Under another name, since the file's own is one that Biome is told to leave alone. */
function format(source: string): string {
  const biome = join(projectRoot, 'node_modules/@biomejs/biome/bin/biome')
  return execFileSync(process.execPath, [biome, 'format', '--stdin-file-path=generated.ts'], {
    input: source,
    cwd: projectRoot,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  })
}

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
const path = join(projectRoot, TYPES_FILE)
const types = await generateTypes()
const isStale = types !== (await readFile(path, 'utf8').catch(() => ''))
if (values.check) {
  console.log(isStale ? `${TYPES_FILE} is stale: run npm run db:types.` : `${TYPES_FILE} is up to date.`)
  process.exitCode = isStale ? 1 : 0
} else {
  if (isStale) await writeFile(path, types)
  console.log(isStale ? `Wrote ${TYPES_FILE}.` : `${TYPES_FILE} is up to date.`)
}
