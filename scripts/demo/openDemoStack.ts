import { createServer } from 'node:net'
import { WrongUsage } from '../../src/features/tags/scripts/wrongUsage.ts'
import { withConnection } from '../stack/connect.ts'
import type { RunningStack } from '../stack/findRunningStack.ts'
import { StackProblem } from '../stack/stackProblem.ts'
import { StaleData } from '../stack/staleData.ts'
import { DEFAULT_DB_PORT, DEFAULT_PORT, startStack } from '../stack/startStack.ts'
import { whoseSongs } from './demoSongs.ts'

export interface DemoStackOptions {
  /** Data, keys and state; the checkout's own when left out. */
  folder?: string | undefined
  /** Throw away what is there without asking whose it is. */
  reset: boolean
  onProgress: (message: string) => void
}

/**
 * An embedded stack without songs, started here. It is the checkout's own, so that every other command finds it.
 * What an earlier demo left is thrown away; songs of somebody's own are not.
 *
 * @throws WrongUsage when a stack runs already, holds songs that no demo made, or is older than the migrations
 */
export async function openDemoStack({ folder, reset, onProgress }: DemoStackOptions): Promise<RunningStack> {
  const start = async (isReset: boolean) => {
    const ports = { port: await preferably(DEFAULT_PORT), dbPort: await preferably(DEFAULT_DB_PORT) }
    return startStack({ ...(folder === undefined ? {} : { folder }), ...ports, reset: isReset, onProgress })
  }
  try {
    const stack = await start(reset)
    if (!stack.startedHere) {
      throw new WrongUsage(
        `The embedded stack runs already, as process ${stack.pid}.`,
        'Stop that process first, or use it: npm run migrate -- --dry-run',
      )
    }
    const whose = await withConnection(stack.dbUrl, whoseSongs)
    if (whose === 'empty') return stack
    await stack.stop()
    if (whose !== 'demo') {
      throw new WrongUsage(
        'The embedded stack holds songs that no demo made.',
        'Keep them and use npm run migrate, or throw them away: npm run demo -- --reset',
      )
    }
    onProgress('Throwing away what the last demo left')
    return await start(true)
  } catch (error) {
    if (error instanceof StaleData)
      throw new WrongUsage(error.what, 'Throw it away: npm run demo -- --reset', { cause: error })
    if (!(error instanceof StackProblem)) throw error
    throw new WrongUsage(error.message, 'Then run the command again.', { cause: error })
  }
}

/** This port, or 0 for any free one: a first visit must not fail for a port that somebody uses. */
export function preferably(port: number): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(0))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(port)))
  })
}
