import { Command, Option } from 'commander'
import { wholeNumber } from '../../../../scripts/options/wholeNumber.ts'
import { LARGEST_BATCH } from '../migration/batchSizer.ts'
import type { FuzzyMode, Profile } from '../migration/types.ts'
import type { CommonFlags } from './command.ts'

export interface MigrateFlags extends CommonFlags {
  dryRun?: boolean
  plan?: string
  savePlan?: string
  batchSize: number
  maxRetries: number
  fuzzy: FuzzyMode
  profile: Profile
  validate?: boolean
  skipValidation?: boolean
  rollbackOnFailure?: boolean
  workers: number
  resume?: boolean
  join?: boolean
  restart?: boolean
  rehearse?: boolean
  finalize?: boolean
  quietDays?: number
  yes?: boolean
  status?: boolean
  watch?: boolean
  all?: boolean
  pause?: boolean
  cancel?: boolean
}

export const DEFAULTS = {
  batchSize: 100,
  maxRetries: 5,
  fuzzy: 'review',
  profile: 'auto',
  // Two keep the database busy while an answer travels; more would only take the processor from the songbook's users.
  workers: 2,
} as const

/** More would wait for each other in the database. */
const MOST_WORKERS = 16

/** What only makes sense for a command that migrates. */
const OF_A_RUN = [
  'dryRun',
  'plan',
  'savePlan',
  'validate',
  'skipValidation',
  'rollbackOnFailure',
  'resume',
  'join',
  'restart',
] as const

/** What every command's help says about where it works and how it ends. */
export const TARGET_HELP = `
Works on SUPABASE_URL with SUPABASE_SECRET_KEY; with neither set, on the embedded stack.
Exit codes: 0 done, 1 failed or paused by somebody but resumable, 2 wrong usage or configuration,
3 ended with songs in quarantine, with a failed check, or cancelled by somebody, 130 interrupted.`

/** The command line of `npm run migrate`. */
export function migrateProgram(): Command {
  return new Command('npm run migrate --')
    .description(
      "Turns the songs' free-text themes into tags: plans, migrates in batches, validates. Resumable and undoable.",
    )
    .addOption(
      new Option('--dry-run', 'show what would happen; change nothing').conflicts([
        'resume',
        'restart',
        'validate',
        'skipValidation',
        'rollbackOnFailure',
      ]),
    )
    .addOption(
      new Option('--plan <file>', 'apply exactly this plan').conflicts(['fuzzy', 'resume', 'validate']),
    )
    .addOption(
      new Option('--save-plan <file>', 'write the plan to a file, to read, edit and apply').conflicts([
        'resume',
        'validate',
      ]),
    )
    .addOption(
      new Option('--batch-size <number>', 'songs in the first batch; later ones adapt')
        .argParser(wholeNumber(1, LARGEST_BATCH))
        .default(DEFAULTS.batchSize),
    )
    .addOption(
      new Option('--max-retries <number>', 'tries after the first, for what may pass by itself')
        .argParser(wholeNumber(0, 100))
        .default(DEFAULTS.maxRetries),
    )
    .addOption(
      new Option('--fuzzy <mode>', 'probable misspellings: leave them, propose, or accept')
        .choices(['off', 'review', 'apply'])
        .default(DEFAULTS.fuzzy),
    )
    .addOption(
      new Option(
        '--profile <name>',
        'leave room for writers always, go fast in a maintenance hour, or leave room once a writer waits',
      )
        .choices(['auto', 'polite', 'quiet'])
        .default(DEFAULTS.profile),
    )
    .addOption(new Option('--validate', 'only validate').conflicts(['skipValidation', 'resume', 'restart']))
    .option('--skip-validation', 'end without validation and certificate')
    .option('--rollback-on-failure', 'roll back by itself when too many songs fail, or a check')
    .addOption(
      new Option('--resume', 'go on with the run that did not end, whoever works on it').conflicts('restart'),
    )
    .option('--restart', 'roll the run that did not end back, and start a new one')
    .addOption(
      new Option('--workers <number>', 'batches under way at once')
        .argParser(wholeNumber(1, MOST_WORKERS))
        .default(DEFAULTS.workers),
    )
    .addOption(
      new Option('--join', 'work on the run that is under way, together with who works on it').conflicts([
        'dryRun',
        'plan',
        'savePlan',
        'fuzzy',
        'validate',
        'rollbackOnFailure',
        'resume',
        'restart',
      ]),
    )
    .addOption(
      new Option('--status', 'show how the run is doing').conflicts([...OF_A_RUN, 'pause', 'cancel', 'yes']),
    )
    .addOption(new Option('--watch', 'with --status: until the run ends').implies({ status: true }))
    .addOption(new Option('--all', 'with --status: the earlier runs, too').implies({ status: true }))
    .addOption(
      new Option('--pause', 'have its workers stop after their batch; --resume goes on').conflicts([
        ...OF_A_RUN,
        'cancel',
        'status',
      ]),
    )
    .addOption(
      new Option(
        '--cancel',
        'end the run for good; what it did stays, and another run can do the rest',
      ).conflicts([...OF_A_RUN, 'pause', 'status']),
    )
    .addOption(
      new Option(
        '--rehearse',
        'take a copy of the songbook forward and back, and compare every song',
      ).conflicts([...OF_A_RUN]),
    )
    .addOption(
      new Option(
        '--finalize',
        'archive the old themes and drop their column, if nothing is missing',
      ).conflicts([...OF_A_RUN, 'rehearse']),
    )
    .addOption(
      new Option('--quiet-days <number>', 'with --finalize: days without themes written by an old client')
        .argParser(wholeNumber(0, 3650))
        .conflicts(['rehearse']),
    )
    .option('--yes', 'do not ask before working on a hosted project, cancelling or finalizing')
    .option('--json', 'print one object on stdout, last; progress goes to stderr')
    .option('--verbose', 'list everything; show where an error comes from')
    .addHelpText('after', TARGET_HELP)
}
