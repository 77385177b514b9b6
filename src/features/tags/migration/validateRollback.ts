import * as z from 'zod/mini'
import { BEFORE_ALL, type MigrationDatabase, type Run } from './migrationDatabase.ts'
import type { CheckedValidation } from './types.ts'
import { checked, foundNothing, MOST_DIFFERENCES } from './validationCheck.ts'

const SONGS_PER_CALL = 5000
const QUERY = 'tag_migration_validate_rollback'

const rollbackSchema = z.object({
  last: z.nullable(z.string()),
  songs: z.number(),
  themesDiffer: z.number(),
  linksLeft: z.number(),
  differences: z.array(z.string()),
})

/** What a finished rollback must have left. @throws MigrationFailure */
export async function validateRollback(
  database: MigrationDatabase,
  run: Pick<Run, 'id' | 'exactRollback'>,
): Promise<CheckedValidation[]> {
  const found = { themesDiffer: 0, linksLeft: 0 }
  const differences: string[] = []
  for (let after = BEFORE_ALL; ; ) {
    const answer = await database.call(
      QUERY,
      { p_run: run.id, p_after: after, p_limit: SONGS_PER_CALL },
      rollbackSchema,
    )
    if (answer.last === null) break
    after = answer.last
    found.themesDiffer += answer.themesDiffer
    found.linksLeft += answer.linksLeft
    differences.push(...answer.differences.slice(0, MOST_DIFFERENCES - differences.length))
  }
  return [
    foundNothing('links and state of the run are gone', QUERY, found.linksLeft, differences),
    checked(
      {
        name: 'themes equal their before-image',
        query: QUERY,
        expectedResult: 0,
        // Only an exact rollback promises it; after the default one people's edits stay.
        critical: run.exactRollback === true,
      },
      found.themesDiffer,
      differences,
    ),
  ]
}
