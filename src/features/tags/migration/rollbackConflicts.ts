import * as z from 'zod/mini'
import type { MigrationDatabase } from './migrationDatabase.ts'
import type { NestedThemes, RollbackConflict } from './types.ts'

/** An array column takes arrays of arrays too, whatever its type says. */
const themesSchema: z.ZodMiniType<NestedThemes> = z.lazy(() =>
  z.array(z.union([z.string(), z.null(), themesSchema])),
)

export const conflictSchema: z.ZodMiniType<RollbackConflict> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('themes-overwritten'),
    songId: z.string(),
    found: z.nullable(themesSchema),
    restored: z.nullable(themesSchema),
  }),
  z.object({ kind: z.enum(['link-removed', 'link-restored']), songId: z.string(), tag: z.string() }),
  z.object({ kind: z.literal('link-lost'), songId: z.string(), tagId: z.string() }),
  z.object({ kind: z.literal('tag-kept'), tag: z.string(), reason: z.string() }),
])
const pageSchema = z.object({ last: z.nullable(z.number()), conflicts: z.array(conflictSchema) })

/** What the run's latest rollback has met in all of its sessions, songs before tags. @throws MigrationFailure */
export async function storedConflicts(
  database: MigrationDatabase,
  runId: string,
): Promise<RollbackConflict[]> {
  const conflicts: RollbackConflict[] = []
  for (let after = 0; ; ) {
    const page = await database.call(
      'tag_migration_rollback_conflicts',
      { p_run: runId, p_after: after },
      pageSchema,
    )
    if (page.last === null) return conflicts
    after = page.last
    conflicts.push(...page.conflicts)
  }
}
