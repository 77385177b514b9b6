import { join } from 'node:path'
import { projectRoot } from '../stack/project.ts'

export interface EdgeFunction {
  name: string
  entry: string
  /** Its Deno configuration, as hosted Supabase reads it. */
  configuration: string
  /** For Deno's command line. */
  packages: string[]
}

const names = ['migrate-themes', 'tag-alerts'] as const

/**
 * One of the functions in supabase/functions. Its npm packages are those of this checkout: the same versions, and nothing
 * is downloaded. Not part of deno.json, because hosted Supabase has no node_modules.
 */
export function edgeFunction(name: (typeof names)[number]): EdgeFunction {
  const folder = join(projectRoot, 'supabase/functions', name)
  const configuration = join(folder, 'deno.json')
  return {
    name,
    entry: join(folder, 'index.ts'),
    configuration,
    packages: ['--node-modules-dir=manual', `--config=${configuration}`],
  }
}

export const edgeFunctions: readonly EdgeFunction[] = names.map((name) => edgeFunction(name))

/** Deno's caches go where every other tool of the checkout has its own. */
export const denoEnvironment = {
  DENO_DIR: join(projectRoot, 'node_modules/.cache/deno'),
  DENO_NO_UPDATE_CHECK: '1',
  NO_COLOR: '1',
}
