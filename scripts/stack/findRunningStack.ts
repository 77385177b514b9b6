import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import * as z from 'zod/mini'
import { loadKeys } from './keys.ts'
import { projectRoot } from './project.ts'
import { StackProblem } from './stackProblem.ts'
import { readLiveState, type StackState } from './stackState.ts'

/** A page of the stack's own, beside the API's: it names the instance, and is 503 until the API is there. */
export const HEALTH_PATH = '/stack/health'

/** How long a stack that another process is starting may take: initdb on a busy, slow machine. */
const PATIENCE_MS = 120_000

/** An embedded Supabase that answers. */
export interface RunningStack {
  apiUrl: string
  /** As the role that owns the schema, no superuser. */
  dbUrl: string
  publishableKey: string
  secretKey: string
  /** Of the process that runs it. */
  pid: number
  /** Whether this process started it. */
  startedHere: boolean
  /** Resolves when its PostgreSQL is gone for good; never for a stack of another process. */
  lost: Promise<Error>
  /** Stops what this process started; leaves another's alone. */
  stop(): Promise<void>
}

/**
 * Finds the stack of this checkout if one runs, and waits for it if it is just starting.
 *
 * @throws StackProblem when its process lives and does not answer
 */
export async function findRunningStack(
  folder: string = join(projectRoot, '.stack'),
): Promise<RunningStack | undefined> {
  const patience = Date.now() + PATIENCE_MS
  for (;;) {
    const state = await readLiveState(folder)
    if (state === undefined) return undefined
    if (state.apiUrl !== '' && (await answers(state))) {
      const { publishableKey, secretKey } = await loadKeys(folder)
      const { apiUrl, dbUrl, pid } = state
      const lost = new Promise<Error>(() => undefined)
      return {
        apiUrl,
        dbUrl,
        publishableKey,
        secretKey,
        pid,
        startedHere: false,
        lost,
        stop: async () => undefined,
      }
    }
    if (Date.now() > patience) {
      throw new StackProblem(`The stack of process ${state.pid} does not answer: stop that process.`)
    }
    await delay(50)
  }
}

const healthSchema = z.object({ instance: z.string() })

async function answers(state: StackState): Promise<boolean> {
  try {
    const response = await fetch(state.apiUrl + HEALTH_PATH, { signal: AbortSignal.timeout(5_000) })
    return response.ok && healthSchema.parse(await response.json()).instance === state.instance
  } catch {
    return false
  }
}
