import * as z from 'zod/mini'
import { BEFORE_ALL, type MigrationDatabase, type Run } from './migrationDatabase.ts'
import { conflictSchema, storedConflicts } from './rollbackConflicts.ts'
import { limitArguments, type RollbackForm } from './rollbackForm.ts'
import type { RollbackConflict } from './types.ts'

const songsSchema = z.object({
  last: z.nullable(z.string()),
  songs: z.number(),
  links: z.number(),
  conflicts: z.array(conflictSchema),
  tagLinks: z.record(z.string(), z.number()),
})
const tagsSchema = z.object({
  last: z.nullable(z.string()),
  tags: z.array(
    z.object({ id: z.string(), name: z.string(), links: z.number(), reason: z.nullable(z.string()) }),
  ),
})

export interface RollbackPreview {
  songs: number
  linksToRemove: number
  tagsToRemove: number
  conflicts: RollbackConflict[]
}

/** What a rollback in this form would do now, the sessions before counted among its conflicts. @throws MigrationFailure */
export async function previewRollback(
  database: MigrationDatabase,
  run: Run,
  form: RollbackForm,
): Promise<RollbackPreview> {
  const before = run.status === 'rolling_back' ? await storedConflicts(database, run.id) : []
  const preview: RollbackPreview = {
    songs: 0,
    linksToRemove: 0,
    tagsToRemove: 0,
    // Tags are judged again at the end.
    conflicts: before.filter((conflict) => conflict.kind !== 'tag-kept'),
  }
  const changes = await previewSongs(database, run, form, preview)
  // Taken back in part, the run goes on with its tags.
  if (form.to === null) await previewTags(database, run, changes, preview)
  return preview
}

/** Each call ends well within the two seconds that hosted Supabase gives it. */
const SONGS_PER_CALL = 2000

/** @returns by how much the links of each tag that the run made would change */
async function previewSongs(
  database: MigrationDatabase,
  run: Run,
  { exact, to }: RollbackForm,
  preview: RollbackPreview,
): Promise<Map<string, number>> {
  const changes = new Map<string, number>()
  for (let after = BEFORE_ALL; ; ) {
    const stretch = await database.call(
      'tag_migration_rollback_preview',
      { p_run: run.id, p_exact: exact, p_after: after, p_limit: SONGS_PER_CALL, ...limitArguments(to) },
      songsSchema,
    )
    if (stretch.last === null) return changes
    after = stretch.last
    preview.songs += stretch.songs
    preview.linksToRemove += stretch.links
    preview.conflicts.push(...stretch.conflicts)
    for (const [tag, links] of Object.entries(stretch.tagLinks)) {
      changes.set(tag, (changes.get(tag) ?? 0) + links)
    }
  }
}

async function previewTags(
  database: MigrationDatabase,
  run: Run,
  changes: ReadonlyMap<string, number>,
  preview: RollbackPreview,
): Promise<void> {
  for (let after = BEFORE_ALL; ; ) {
    const stretch = await database.call(
      'tag_migration_rollback_preview_tags',
      { p_run: run.id, p_after: after },
      tagsSchema,
    )
    if (stretch.last === null) return
    after = stretch.last
    for (const tag of stretch.tags) {
      const isLinked = tag.links + (changes.get(tag.id) ?? 0) > 0
      const reason = isLinked && tag.reason !== 'used by another run' ? 'linked' : tag.reason
      if (reason === null) preview.tagsToRemove += 1
      else preview.conflicts.push({ kind: 'tag-kept', tag: tag.name, reason })
    }
  }
}
