import { Command } from 'commander'
import type { RollbackLimit } from '../migration/rollbackForm.ts'
import { type CommonFlags, runCommand } from './command.ts'
import { failedRollbackJson } from './failedJson.ts'
import { TARGET_HELP } from './migrateOptions.ts'
import { defaultConfig } from './migrationConfig.ts'
import { rollbackLimit } from './rollbackLimit.ts'
import { runId } from './runId.ts'
import { runRollback } from './runRollback.ts'
import { withTarget } from './withTarget.ts'

interface RollbackFlags extends CommonFlags {
  run?: string
  exact?: boolean
  to?: RollbackLimit | null
  dryRun?: boolean
  yes?: boolean
}

const program = new Command('npm run rollback --')
  .description('Takes a migration back: its links and tags go, what people made since stays. Resumable.')
  .option('--run <id>', 'this run instead of the latest', runId)
  .option('--exact', 'bring themes and links back to the byte, over what people did since')
  .option(
    '--to <batch or time>',
    'keep the batches up to this one, or those finished by then (UTC); the run can then go on',
    rollbackLimit,
  )
  .option('--dry-run', 'show what would happen; change nothing')
  .option('--yes', 'do not ask')
  .option('--json', 'print one object on stdout, last; progress goes to stderr')
  .option('--verbose', 'list everything; show where an error comes from')
  .addHelpText('after', TARGET_HELP)

await runCommand<RollbackFlags>(
  program,
  {
    first: 'Stopping after this batch. Ctrl-C once more stops at once.',
    second: 'Stopped at once; what is taken back stays so. Go on with the same command.',
  },
  ({ run, exact = false, to = null, dryRun = false, yes = false, verbose = false }, session) =>
    withTarget(session, (connection) =>
      runRollback(
        {
          choice: { runId: run ?? null, exact, to, dryRun, yes, isVerbose: verbose },
          config: defaultConfig(session),
        },
        connection,
        session,
      ),
    ),
  failedRollbackJson,
)
