import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { processIdentity } from '../stack/processIdentity.ts'
import { projectRoot } from '../stack/project.ts'

/** Beside the stack's own state. */
const FOLDER = join(projectRoot, '.stack')
const fileIn = (folder: string) => join(folder, 'function.json')
const servedSchema = z.object({ url: z.url(), pid: z.int(), identity: z.string() })

/** Says where the edge function is served, for an app of this checkout to find it. */
export async function tellServedFunction(url: string, folder = FOLDER): Promise<void> {
  await mkdir(folder, { recursive: true })
  const { pid } = process
  const state = { url, pid, identity: await processIdentity(pid) }
  await writeFile(fileIn(folder), JSON.stringify(state), { mode: 0o600 })
}

/** Once it is not served any more. */
export async function forgetServedFunction(folder = FOLDER): Promise<void> {
  await rm(fileIn(folder), { force: true })
}

/**
 * Where the edge function of this checkout is served, if it is. By a file of this person's own and not by a port: who
 * asks it sends an admin's session, which is nothing for whoever else may listen there.
 */
export async function findServedFunction(folder = FOLDER): Promise<string | undefined> {
  const text = await readFile(fileIn(folder), 'utf8').catch(() => '{}')
  const served = servedSchema.safeParse(parse(text))
  if (!served.success) return undefined
  const { url, pid, identity } = served.data
  return (await processIdentity(pid)) === identity ? url : undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Half written.
    return undefined
  }
}
