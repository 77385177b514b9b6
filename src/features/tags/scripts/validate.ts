import { Command, Option } from 'commander'
import { wholeNumber } from '../../../../scripts/options/wholeNumber.ts'
import { type CommonFlags, runCommand } from './command.ts'
import type { Connection } from './connect.ts'
import { failedValidationJson } from './failedJson.ts'
import { listTheRuns } from './listTheRuns.ts'
import { TARGET_HELP } from './migrateOptions.ts'
import { defaultConfig } from './migrationConfig.ts'
import { runId } from './runId.ts'
import { runValidation } from './runValidation.ts'
import type { Outcome, Session } from './session.ts'
import { watchDrift } from './watchDrift.ts'
import { withTarget } from './withTarget.ts'

interface ValidateFlags extends CommonFlags {
  run?: string
  list?: boolean
  watch?: boolean
  every: number
}

const program = new Command('npm run validate --')
  .description(
    'Recomputes from the songs what a migration must have left, names what differs, prints the certificate.',
  )
  .option('--run <id>', 'this run instead of every one that stands', runId)
  .addOption(
    new Option('--list', 'show the runs instead: status, songs, certificate, by whom').conflicts('run'),
  )
  .addOption(
    new Option(
      '--watch',
      'look for drift, a stretch at a time, until Ctrl-C; say when it is mended',
    ).conflicts(['run', 'list']),
  )
  .addOption(
    new Option('--every <seconds>', 'with --watch: how long to wait between two stretches')
      .argParser(wholeNumber(1, 86_400))
      .default(10),
  )
  .option(
    '--json',
    'print one object on stdout, last, and with --watch one for each stretch; progress goes to stderr',
  )
  .option('--verbose', 'list everything; show where an error comes from')
  .addHelpText('after', TARGET_HELP)

await runCommand<ValidateFlags>(
  program,
  { first: 'Stopping. Validation changes nothing.', second: 'Stopped.' },
  (flags, session) => withTarget(session, (connection) => validate(flags, connection, session)),
  failedValidationJson,
)

function validate(flags: ValidateFlags, connection: Connection, session: Session): Promise<Outcome> {
  if (flags.list) return listTheRuns(connection, session)
  if (flags.watch) {
    const print = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)
    const options = { everySeconds: flags.every, ...(flags.json ? { print } : {}) }
    return watchDrift(options, connection, session)
  }
  const options = {
    config: defaultConfig(session),
    runId: flags.run ?? null,
    isVerbose: flags.verbose ?? false,
  }
  return runValidation(options, connection, session)
}
