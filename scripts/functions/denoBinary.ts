import { createRequire } from 'node:module'
import * as z from 'zod/mini'

const installerSchema = z.object({ runInstall: z.function({ input: [], output: z.string() }) })

/**
 * Deno's own binary, as its npm package installed it or would. Not `node_modules/.bin/deno`, which may be a Node script
 * that starts it: a signal to that would not reach Deno.
 */
export function denoBinary(): string {
  const installer: unknown = createRequire(import.meta.url)('deno/install_api.cjs')
  return installerSchema.parse(installer).runInstall()
}
