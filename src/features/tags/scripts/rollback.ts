import { Command } from 'commander'
import { type CommonFlags, runCommand } from './command.ts'
import { failedRollbackJson } from './failedJson.ts'
import { TARGET_HELP } from './migrateOptions.ts'
import { defaultConfig } from './migrationConfig.ts'
import { runId } from './runId.ts'
import { runRollback } from './runRollback.ts'
import { withTarget } from './withTarget.ts'

interface RollbackFlags extends CommonFlags {
  run?: string
  exact?: boolean
  dryRun?: boolean
  yes?: boolean
}

const program = new Command('npm run rollback --')
  .description('Takes a migration back: its links and tags go, what people made since stays. Resumable.')
  .option('--run <id>', 'this run instead of the latest', runId)
  .option('--exact', 'bring themes and links back to the byte, over what people did since')
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
  ({ run, exact = false, dryRun = false, yes = false, verbose = false }, session) =>
    withTarget(session, (connection) =>
      runRollback(
        {
          choice: { runId: run ?? null, exact, dryRun, yes, isVerbose: verbose },
          config: defaultConfig(session),
        },
        connection,
        session,
      ),
    ),
  failedRollbackJson,
)
