import { Command } from 'commander'
import { runProgram } from './options/runProgram.ts'
import { wholeNumber } from './options/wholeNumber.ts'
import type { RunningStack } from './stack/findRunningStack.ts'
import { DEFAULT_DB_PORT, DEFAULT_PORT, startStack } from './stack/startStack.ts'

interface Flags {
  port: number
  dbPort: number
  dbUrl?: string
  reset?: boolean
  folder?: string
  json?: boolean
}

async function run(flags: Flags): Promise<void> {
  const say = (message: string) => process.stderr.write(`${message}\n`)
  // A signal during the start waits for its end, so that everything that was started is there to be stopped.
  const interrupted = nextSignal()
  const { json, ...options } = flags
  const stack = await startStack({ ...options, onProgress: say })
  print(stack, json)
  if (!stack.startedHere) return
  const lost = await Promise.race([interrupted, stack.lost])
  await stack.stop()
  if (lost instanceof Error) throw lost
  if (!json) say('Stopped.')
}

/**
 * Resolves on the first signal to end. The second one ends the process at once: the guard then stops PostgreSQL, and
 * the next start clears up.
 */
function nextSignal(): Promise<void> {
  return new Promise((resolve) => {
    let signals = 0
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        signals += 1
        if (signals > 1) process.exit(130)
        resolve()
      })
    }
  })
}

function print(
  { apiUrl, dbUrl, publishableKey, secretKey, pid, startedHere }: RunningStack,
  json = false,
): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ apiUrl, dbUrl, publishableKey, secretKey })}\n`)
    return
  }
  process.stdout.write(
    [
      startedHere ? 'The stack is running. Ctrl-C stops it.' : `The stack runs already, as process ${pid}.`,
      `  API              ${apiUrl}`,
      `  Database         ${dbUrl}`,
      `  Publishable key  ${publishableKey}`,
      `  Secret key       ${secretKey}`,
      '',
    ].join('\n'),
  )
}

const program = new Command('npm run stack --')
  .description('Starts the embedded Supabase (PostgreSQL and its API), or finds the one that runs already.')
  .option('--port <number>', "the API's port; 0 for any free one", wholeNumber(0, 65_535), DEFAULT_PORT)
  .option(
    '--db-port <number>',
    "PostgreSQL's port; 0 for any free one",
    wholeNumber(0, 65_535),
    DEFAULT_DB_PORT,
  )
  .option('--db-url <url>', 'use this PostgreSQL (as superuser) instead of the embedded one')
  .option('--reset', 'start with an empty database; the keys stay')
  .option('--folder <path>', 'keep data, keys and state here instead of in .stack')
  .option('--json', 'print one line {apiUrl, dbUrl, publishableKey, secretKey} on stdout')
  .allowExcessArguments(false)
  .action(run)

await runProgram(program)
