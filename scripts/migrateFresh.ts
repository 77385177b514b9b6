import { Command } from 'commander'
import { runCommand } from '../src/features/tags/scripts/command.ts'
import { type FreshFlags, migrateFresh } from './demo/migrateFresh.ts'
import { wholeNumber } from './options/wholeNumber.ts'

const program = new Command('npm run migrate:fresh --')
  .description('Throws the embedded database away, seeds a new one, migrates and validates it.')
  .option('--songs <number>', 'songs to make', wholeNumber(1, 1_000_000), 10_000)
  .option('--folder <path>', 'keep the database here instead of in .stack')
  .option('--json', 'print one object on stdout, last; progress goes to stderr')
  .option('--verbose', 'list everything; show where an error comes from')

await runCommand<FreshFlags>(
  program,
  { first: 'Stopping after this batch.', second: 'Stopped at once.' },
  migrateFresh,
)
