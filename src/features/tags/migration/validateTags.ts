import * as z from 'zod/mini'
import { BEFORE_ALL, type MigrationDatabase } from './migrationDatabase.ts'
import type { CheckedValidation } from './types.ts'
import { foundNothing } from './validationCheck.ts'

const QUERY = 'tag_migration_validate_tags'

const tagsSchema = z.object({
  last: z.nullable(z.string()),
  tags: z.number(),
  links: z.number(),
  differing: z.number(),
  differences: z.array(z.record(z.string(), z.unknown())),
})

/** Usage counts against links counted afresh, and every name in the table of names. @throws MigrationFailure */
export async function validateTags(database: MigrationDatabase): Promise<CheckedValidation> {
  let differing = 0
  const differences: unknown[] = []
  for (let after = BEFORE_ALL; ; ) {
    const answer = await database.call(QUERY, { p_after: after }, tagsSchema)
    if (answer.last === null) break
    after = answer.last
    differing += answer.differing
    differences.push(...answer.differences)
  }
  return foundNothing('usage counts equal the links', QUERY, differing, differences)
}
