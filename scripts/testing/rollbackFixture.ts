import type { Sql } from 'postgres'
import { BatchSizer } from '../../src/features/tags/migration/batchSizer.ts'
import type { RollbackForm } from '../../src/features/tags/migration/rollbackForm.ts'
import type { RollbackOptions } from '../../src/features/tags/migration/rollbackManager.ts'
import type {
  RollbackConflict,
  RollbackPlan,
  RollbackResult,
} from '../../src/features/tags/migration/types.ts'
import { runnerFor } from './migrationFixture.ts'
import { tagNamed } from './syncFixture.ts'
import type { TestDatabase } from './testDatabase.ts'

export interface RollbackTry extends Partial<RollbackForm>, Partial<Omit<RollbackOptions, 'to'>> {
  runId?: string | null
  fetch?: typeof fetch
}

/** Takes the run that stands back, in the default form unless told otherwise. */
export function rollBack(
  database: TestDatabase,
  { exact = false, to = null, runId = null, fetch: through = database.fetch, ...options }: RollbackTry = {},
): Promise<RollbackResult> {
  return runnerFor(database, {}, through).rollbackManager.rollback(runId, exact, {
    to,
    worker: 'test',
    sizer: new BatchSizer(100, 30),
    ...options,
  })
}

export function planRollback(
  database: TestDatabase,
  { exact = false, to = null, runId = null }: RollbackTry = {},
): Promise<RollbackPlan> {
  return runnerFor(database).rollbackManager.plan(runId, exact, to)
}

/** A person, or a new client, gives a song a tag by its name. */
export async function tag(sql: Sql, song: string, name: string): Promise<void> {
  await sql`insert into public.song_tags (song_id, tag_id) select ${song}, id from public.tags where name = ${name}`
}

export async function untag(sql: Sql, song: string, name: string): Promise<void> {
  await sql`
    delete from public.song_tags where song_id = ${song} and tag_id = (select id from public.tags where name = ${name})`
}

export async function mergeTags(sql: Sql, from: string, into: string): Promise<void> {
  await sql`select public.merge_tags(${await tagNamed(sql, from)}, ${await tagNamed(sql, into)})`
}

export async function unmergeTag(sql: Sql, name: string): Promise<void> {
  await sql`select public.unmerge_tag(${await tagNamed(sql, name)})`
}

/** Conflicts in an order of their own: batches meet them in any. */
export function sortedConflicts(conflicts: readonly RollbackConflict[]): RollbackConflict[] {
  return conflicts.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}

/** As the tests of one file leave it to each other: no songs, no runs, the standard tags only. */
export async function emptyDatabase({ sql }: TestDatabase): Promise<void> {
  await sql`truncate public.songs, tag_migration.plan, tag_migration.run, tag_migration.journal, tag_migration.song_state,
    tag_migration.tag_merge cascade`
  await sql`update public.tags set merged_into = null where merged_into is not null`
  await sql`delete from public.tags where not is_standard`
  await sql`update public.tags set usage_count = 0, banned_at = null where usage_count <> 0 or banned_at is not null`
  await sql`update tag_migration.sync set is_on = false`
}
