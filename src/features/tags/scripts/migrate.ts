import { type InterruptWords, runCommand } from './command.ts'
import { failedMigrationJson, failedValidationJson } from './failedJson.ts'
import { giveWay } from './giveWay.ts'
import { type MigrateFlags, migrateProgram } from './migrateOptions.ts'
import { migrateThemes } from './migrateThemes.ts'

await runCommand<MigrateFlags>(
  migrateProgram(),
  wordsFor,
  (flags, session) => {
    if (flags.profile === 'polite') giveWay()
    return migrateThemes(flags, session)
  },
  (failed, { validate }) => (validate ? failedValidationJson(failed) : failedMigrationJson(failed)),
)

function wordsFor({ status, join }: Partial<MigrateFlags>): InterruptWords {
  if (status) return { first: 'Stopped watching; the run goes on.', second: 'Stopped.' }
  return {
    first: `${join ? 'Leaving' : 'Stopping'} after this batch. Ctrl-C once more stops at once.`,
    second: 'Stopped at once; what is committed stays. Go on with: npm run migrate -- --resume',
  }
}
