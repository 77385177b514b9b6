import { once } from 'node:events'
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { ensureBuilt } from './app/ensureBuilt.ts'
import { serveApp } from './app/serveApp.ts'
import { StackProblem } from './stack/stackProblem.ts'
import { startStack } from './stack/startStack.ts'

const DEFAULT_PORT = 4173

async function run({ port }: { port: number }): Promise<void> {
  const say = (message: string) => process.stderr.write(`${message}\n`)
  // Listened for from the first moment: a signal during the start waits for its end, so that all of it is stopped.
  const interrupted = Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)))
  const stack = await startStack({ onProgress: say })
  try {
    await ensureBuilt(say)
    const app = await serveApp({ stack, port })
    const whose = stack.startedHere ? 'started with it' : `of process ${stack.pid}`
    process.stdout.write(`The songbook is open at ${app.url}\n`)
    say(`It works against the stack ${whose}, ${stack.apiUrl}. Ctrl-C stops it.`)
    const end = await Promise.race([interrupted, stack.lost])
    await app.close()
    if (end instanceof Error) throw end
  } finally {
    await stack.stop()
  }
  say('Stopped.')
}

function portNumber(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('It must be 0 to 65535.')
  return port
}

const program = new Command('npm start --')
  .description('Serves the songbook against the embedded Supabase; starts or builds what is not there yet.')
  .option('--port <number>', "the app's port; 0 for any free one", portNumber, DEFAULT_PORT)
  .allowExcessArguments(false)
  .exitOverride()
  .action(run)

try {
  await program.parseAsync()
  process.exit(0)
} catch (error) {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2)
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(error instanceof StackProblem ? 2 : 1)
}
