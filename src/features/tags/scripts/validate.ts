import { Command, Option } from 'commander'
import { type CommonFlags, runCommand } from './command.ts'
import { failedValidationJson } from './failedJson.ts'
import { listTheRuns } from './listTheRuns.ts'
import { TARGET_HELP } from './migrateOptions.ts'
import { defaultConfig } from './migrationConfig.ts'
import { runId } from './runId.ts'
import { runValidation } from './runValidation.ts'
import { withTarget } from './withTarget.ts'

interface ValidateFlags extends CommonFlags {
  run?: string
  list?: boolean
}

const program = new Command('npm run validate --')
  .description(
    'Recomputes from the songs what a migration must have left, names what differs, prints the certificate.',
  )
  .option('--run <id>', 'this run instead of every one that stands', runId)
  .addOption(
    new Option('--list', 'show the runs instead: status, songs, certificate, by whom').conflicts('run'),
  )
  .option('--json', 'print one object on stdout, last; progress goes to stderr')
  .option('--verbose', 'list everything; show where an error comes from')
  .addHelpText('after', TARGET_HELP)

await runCommand<ValidateFlags>(
  program,
  { first: 'Stopping. Validation changes nothing.', second: 'Stopped.' },
  (flags, session) =>
    withTarget(session, (connection) =>
      flags.list
        ? listTheRuns(connection, session)
        : runValidation(
            { config: defaultConfig(session), runId: flags.run ?? null, isVerbose: flags.verbose ?? false },
            connection,
            session,
          ),
    ),
  failedValidationJson,
)
