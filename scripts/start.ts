import { once } from 'node:events'
import { Command } from 'commander'
import { ensureBuilt } from './app/ensureBuilt.ts'
import { serveApp } from './app/serveApp.ts'
import { runProgram } from './options/runProgram.ts'
import { wholeNumber } from './options/wholeNumber.ts'
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

const program = new Command('npm start --')
  .description('Serves the songbook against the embedded Supabase; starts or builds what is not there yet.')
  .option('--port <number>', "the app's port; 0 for any free one", wholeNumber(0, 65_535), DEFAULT_PORT)
  .allowExcessArguments(false)
  .action(run)

await runProgram(program)
