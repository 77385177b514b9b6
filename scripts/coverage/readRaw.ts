import { readdir, readFile } from 'node:fs/promises'
import type { Profiler } from 'node:inspector'
import { join } from 'node:path'
import { mergeScriptCovs } from '@bcoe/v8-coverage'

type Written = Profiler.TakePreciseCoverageReturnType | Profiler.ScriptCoverage

/**
 * What V8 has counted, script by script, over all files of a folder.
 *
 * @param keyOf which script it is, in whichever process it ran; undefined for one that nobody asks about
 */
export async function readRaw(
  folder: string,
  keyOf: (url: string) => string | undefined,
): Promise<Map<string, Profiler.ScriptCoverage>> {
  const merged = new Map<string, Profiler.ScriptCoverage>()
  for (const name of await readdir(folder).catch(() => [])) {
    const written = JSON.parse(await readFile(join(folder, name), 'utf8')) as Written
    // Deno writes a file for each script.
    for (const script of 'result' in written ? written.result : [written]) {
      const key = keyOf(script.url)
      if (key === undefined) continue
      const before = merged.get(key)
      const both = mergeScriptCovs([...(before ? [before] : []), { ...script, url: key }])
      if (both) merged.set(key, both)
    }
  }
  return merged
}
