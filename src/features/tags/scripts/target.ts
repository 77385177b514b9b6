import { isLoopback } from '../../../../scripts/seed/isLoopback.ts'
import type { Environment } from './environment.ts'
import { readAddress } from './readAddress.ts'
import { readKey } from './readKey.ts'
import { WrongUsage } from './wrongUsage.ts'

/** The project to work on. */
export interface Target {
  url: string
  key: string
  /** For people. */
  name: string
  host: string
  /** Whether it is on another machine, where a mistake costs more. */
  isHosted: boolean
  /** Stops what was started for it. */
  close(): Promise<void>
}

const BOTH = 'Set SUPABASE_URL and SUPABASE_SECRET_KEY, or neither for the embedded stack.'

/**
 * The project that the environment names, or else the embedded stack, started if it does not run.
 * @throws WrongUsage when the environment says too little, or what must not be
 */
export async function openTarget(env: Environment, onProgress: (message: string) => void): Promise<Target> {
  const address = env.SUPABASE_URL?.trim()
  const key = readKey(env)
  if (!address && key === undefined) return openEmbedded(onProgress)
  if (!address) throw new WrongUsage('SUPABASE_SECRET_KEY is set, and SUPABASE_URL is not.', BOTH)
  if (key === undefined) throw new WrongUsage('SUPABASE_URL is set, and SUPABASE_SECRET_KEY is not.', BOTH)
  const url = readAddress(address)
  const isHosted = !isLoopback(url.hostname)
  return { url: address, key, name: url.host, host: url.hostname, isHosted, close: async () => {} }
}

async function openEmbedded(onProgress: (message: string) => void): Promise<Target> {
  // Loaded only here: whoever works on a hosted project needs no PostgreSQL.
  const { startStack } = await import('../../../../scripts/stack/startStack.ts')
  const { StackProblem } = await import('../../../../scripts/stack/stackProblem.ts')
  try {
    const stack = await startStack({ onProgress })
    const { host, hostname } = new URL(stack.apiUrl)
    const whose = stack.startedHere ? 'started for this command' : 'running already'
    return {
      url: stack.apiUrl,
      key: stack.secretKey,
      name: `the embedded stack at ${host}, ${whose}`,
      host: hostname,
      isHosted: false,
      close: () => stack.stop(),
    }
  } catch (error) {
    if (!(error instanceof StackProblem)) throw error
    throw new WrongUsage(error.message, 'Or name a project with SUPABASE_URL and SUPABASE_SECRET_KEY.', {
      cause: error,
    })
  }
}
