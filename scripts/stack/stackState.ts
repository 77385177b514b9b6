import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { processIdentity } from './processIdentity.ts'
import { hasCode } from './stackProblem.ts'

const stateSchema = z.object({
  /** Random per start; the API's health page shows it, so that nobody else's server is taken for ours. */
  instance: z.string(),
  pid: z.number(),
  identity: z.string(),
  apiUrl: z.string(),
  dbUrl: z.string(),
})

/** What a starting or running stack writes about itself: the file is the lock on the data, too. */
export type StackState = z.infer<typeof stateSchema>

/** Claims the folder. @returns false when another process holds it, alive or not */
export async function claimState(stackFolder: string, state: StackState): Promise<boolean> {
  await mkdir(stackFolder, { recursive: true })
  try {
    // The database's address has its password.
    await writeFile(stateFile(stackFolder), JSON.stringify(state), { mode: 0o600, flag: 'wx' })
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  }
}

/** Replaces what the folder's holder wrote before. */
export async function updateState(stackFolder: string, state: StackState): Promise<void> {
  const draft = `${stateFile(stackFolder)}.${state.instance}`
  await writeFile(draft, JSON.stringify(state), { mode: 0o600 })
  await rename(draft, stateFile(stackFolder))
}

/** Gives the folder up. */
export async function releaseState(stackFolder: string): Promise<void> {
  await rm(stateFile(stackFolder), { force: true })
}

/** The state of a process that still lives; what a killed one left is removed. */
export async function readLiveState(stackFolder: string): Promise<StackState | undefined> {
  const text = await readFile(stateFile(stackFolder), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const state = parseState(text)
  if (state !== undefined && (await processIdentity(state.pid)) === state.identity) return state
  await releaseState(stackFolder)
  return undefined
}

function parseState(text: string): StackState | undefined {
  try {
    return stateSchema.parse(JSON.parse(text))
  } catch {
    // Half written when its process was killed.
    return undefined
  }
}

function stateFile(stackFolder: string): string {
  return join(stackFolder, 'state.json')
}
