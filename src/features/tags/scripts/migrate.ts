import { runCommand } from './command.ts'
import { failedMigrationJson, failedValidationJson } from './failedJson.ts'
import { type MigrateFlags, migrateProgram } from './migrateOptions.ts'
import { migrateThemes } from './migrateThemes.ts'

await runCommand<MigrateFlags>(
  migrateProgram(),
  {
    first: 'Stopping after this batch. Ctrl-C once more stops at once.',
    second: 'Stopped at once; what is committed stays. Go on with: npm run migrate -- --resume',
  },
  migrateThemes,
  (failed, { validate }) => (validate ? failedValidationJson(failed) : failedMigrationJson(failed)),
)
