import * as z from 'zod/mini'
import type { MigrationDatabase } from './migrationDatabase.ts'
import { MigrationFailure } from './migrationFailure.ts'
import { planHash, sourceHash } from './plan.ts'
import { planEntrySchema } from './planFile.ts'
import type { MigrationPlan, PlanEntry } from './types.ts'

const pageSchema = z.object({ last: z.nullable(z.string()), entries: z.array(planEntrySchema) })
const ENTRIES_PER_CALL = 2000

/**
 * The plan that is stored under this content hash, as it was when it got its name.
 * @throws MigrationFailure `bad-plan` when there is none, or when what is stored is not what the hash says
 */
export async function readPlan(database: MigrationDatabase, hash: string): Promise<MigrationPlan> {
  const entries: PlanEntry[] = []
  for (let after = ''; ; ) {
    const page = await database.call(
      'tag_migration_plan',
      { p_hash: hash, p_after: after, p_limit: ENTRIES_PER_CALL },
      pageSchema,
    )
    if (page.last === null) break
    after = page.last
    entries.push(...page.entries)
  }
  const plan = { source: await sourceHash(entries.map((entry) => entry.rawTheme)), entries }
  if (entries.length > 0 && (await planHash(plan)) === hash) return plan
  throw new MigrationFailure('bad-plan', `There is no whole plan ${hash}.`, {
    advice: 'Send it once more, or make a new one.',
  })
}
