import { Command, Option } from 'commander'
import { LARGEST_BATCH } from '../migration/batchSizer.ts'
import type { FuzzyMode, Profile } from '../migration/types.ts'
import type { CommonFlags } from './command.ts'
import { wholeNumber } from './wholeNumber.ts'

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
  resume?: boolean
  restart?: boolean
  rehearse?: boolean
  finalize?: boolean
  quietDays?: number
  yes?: boolean
}

export const DEFAULTS = { batchSize: 100, maxRetries: 5, fuzzy: 'review', profile: 'auto' } as const

/** What has no meaning where nothing is migrated. */
const NOT_MIGRATING = [
  'dryRun',
  'plan',
  'savePlan',
  'validate',
  'skipValidation',
  'rollbackOnFailure',
  'resume',
  'restart',
]

/** What every command's help says about where it works and how it ends. */
export const TARGET_HELP = `
Works on SUPABASE_URL with SUPABASE_SECRET_KEY; with neither set, on the embedded stack.
Exit codes: 0 done, 1 failed but resumable, 2 wrong usage or configuration, 3 done with songs in
quarantine or a failed check, 130 interrupted.`

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
      new Option(
        '--rehearse',
        'take a copy of the songbook forward and back, and compare every song',
      ).conflicts([...NOT_MIGRATING]),
    )
    .addOption(
      new Option(
        '--finalize',
        'archive the old themes and drop their column, if nothing is missing',
      ).conflicts([...NOT_MIGRATING, 'rehearse']),
    )
    .addOption(
      new Option('--quiet-days <number>', 'with --finalize: days without themes written by an old client')
        .argParser(wholeNumber(0, 3650))
        .conflicts(['rehearse']),
    )
    .option('--yes', 'do not ask before working on a hosted project, or before --finalize')
    .option('--json', 'print one object on stdout, last; progress goes to stderr')
    .option('--verbose', 'list everything; show where an error comes from')
    .addHelpText('after', TARGET_HELP)
}
