import { join } from 'node:path'
import { projectRoot } from '../stack/project.ts'

const folder = join(projectRoot, 'supabase/functions/migrate-themes')

/** The edge function's entry, and its Deno configuration as hosted Supabase reads it. */
export const entry = join(folder, 'index.ts')
export const configuration = join(folder, 'deno.json')

/**
 * Its npm packages are those of this checkout: the same versions, and nothing is downloaded. Not part of deno.json,
 * because hosted Supabase has no node_modules.
 */
export const packages = ['--node-modules-dir=manual', `--config=${configuration}`]

/** Deno's caches go where every other tool of the checkout has its own. */
export const denoEnvironment = {
  DENO_DIR: join(projectRoot, 'node_modules/.cache/deno'),
  DENO_NO_UPDATE_CHECK: '1',
  NO_COLOR: '1',
}
