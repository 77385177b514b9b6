import { once } from 'node:events'
import { Command, InvalidArgumentError, Option } from 'commander'
import { ensureBuilt } from './app/ensureBuilt.ts'
import { serveApp } from './app/serveApp.ts'
import { findServedFunction } from './functions/servedFunction.ts'
import { runProgram } from './options/runProgram.ts'
import { wholeNumber } from './options/wholeNumber.ts'
import { startStack } from './stack/startStack.ts'

const DEFAULT_PORT = 4173

interface Flags {
  port: number
  sentryDsn?: string
}

function address(text: string): string {
  if (!URL.canParse(text))
    throw new InvalidArgumentError('It must be an address, as Sentry shows it for a project.')
  return text
}

async function run({ port, sentryDsn }: Flags): Promise<void> {
  const say = (message: string) => process.stderr.write(`${message}\n`)
  // Listened for from the first moment: a signal during the start waits for its end, so that all of it is stopped.
  const interrupted = Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)))
  const stack = await startStack({ onProgress: say })
  try {
    await ensureBuilt(say)
    const app = await serveApp({
      stack,
      findFunction: () => findServedFunction(),
      port,
      sentry: sentryDsn ? { dsn: sentryDsn } : undefined,
    })
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
  .addOption(
    new Option('--sentry-dsn <address>', 'where errors and traces go; nowhere without it')
      .env('VITE_SENTRY_DSN')
      .argParser(address),
  )
  .allowExcessArguments(false)
  .action(run)

await runProgram(program)
