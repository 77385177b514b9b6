import { Command } from 'commander'
import { runCommand } from '../src/features/tags/scripts/command.ts'
import { type DemoFlags, runDemo } from './demo/runDemo.ts'
import { wholeNumber } from './options/wholeNumber.ts'

const program = new Command('npm run demo --')
  .description('Shows it all on the embedded Supabase: songs, dry run, migration, validation, and the app.')
  .option('--songs <number>', 'songs to make', wholeNumber(1, 1_000_000), 10_000)
  .option('--exit', 'end after the certificate and one request to the served app')
  .option('--reset', 'throw the embedded database away first, whatever it holds')
  .option('--folder <path>', 'keep the database here instead of in .stack')
  .option('--verbose', 'show where an error comes from')

await runCommand<DemoFlags>(program, { first: 'Stopping.', second: 'Stopped at once.' }, runDemo)
