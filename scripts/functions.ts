import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { Command } from 'commander'
import { forgetServedFunction, tellServedFunction } from './functions/servedFunction.ts'
import { serveFunction } from './functions/serveFunction.ts'
import { runProgram } from './options/runProgram.ts'
import { wholeNumber } from './options/wholeNumber.ts'
import { startStack } from './stack/startStack.ts'

/** After those of the stack in supabase/config.toml. */
const DEFAULT_PORT = 54_325

async function run({ port }: { port: number }): Promise<void> {
  const say = (message: string) => process.stderr.write(`${message}\n`)
  // Listened for from the first moment: a signal during the start waits for its end, so that all of it is stopped.
  const interrupted = Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)))
  const stack = await startStack({ onProgress: say })
  try {
    const scheduleSecret = process.env.MIGRATE_THEMES_SCHEDULE_SECRET ?? randomBytes(24).toString('base64url')
    const served = await serveFunction({ ...stack, scheduleSecret, port })
    await tellServedFunction(served.url)
    process.stdout.write(
      [
        'The edge function is served. Ctrl-C stops it.',
        `  Address          ${served.url}`,
        `  Stack            ${stack.apiUrl}`,
        `  Schedule secret  ${scheduleSecret}`,
        '',
      ].join('\n'),
    )
    const end = await Promise.race([interrupted, stack.lost, served.ended])
    served.child.kill()
    const { output } = await served.ended
    if (end instanceof Error) throw end
    if ('output' in end) throw new Error(`The edge function ended: ${output}`)
  } finally {
    await forgetServedFunction()
    await stack.stop()
  }
  say('Stopped.')
}

const program = new Command('npm run functions --')
  .description('Serves the edge function migrate-themes on the real Deno, against the embedded Supabase.')
  .option('--port <number>', 'its port; 0 for any free one', wholeNumber(0, 65_535), DEFAULT_PORT)
  .allowExcessArguments(false)
  .action(run)

await runProgram(program)
