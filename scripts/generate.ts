import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generatedFiles } from './generate/generatedFiles.ts'

// `node scripts/generate.ts` writes every generated file; with --check it writes nothing, names the stale ones and
// exits 1.

const root = join(import.meta.dirname, '..')
const checkOnly = process.argv.includes('--check')

const stale = generatedFiles((path) => readFileSync(join(root, path), 'utf8')).filter(
  ({ path, content }) => readIfThere(path) !== content,
)
for (const { path, content } of stale) {
  if (checkOnly) console.error(`${path} is stale: run \`node scripts/generate.ts\`.`)
  else {
    writeFileSync(join(root, path), content)
    console.log(`wrote ${path}`)
  }
}
if (checkOnly && stale.length > 0) process.exitCode = 1

function readIfThere(path: string): string | null {
  try {
    return readFileSync(join(root, path), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
