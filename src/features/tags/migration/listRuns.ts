import * as z from 'zod/mini'
import { type MigrationDatabase, runSchema } from './migrationDatabase.ts'

const RUNS_PER_CALL = 20

const listedRunSchema = z.extend(runSchema, { startedBy: z.string() })

/** A run, and the database's name for who started it. */
export type ListedRun = z.infer<typeof listedRunSchema>

/** Every run, newest first. @throws MigrationFailure */
export async function listRuns(database: MigrationDatabase): Promise<ListedRun[]> {
  const runs: ListedRun[] = []
  for (;;) {
    const before = runs.at(-1)
    const page = await database.call(
      'tag_migration_runs',
      { p_limit: RUNS_PER_CALL, ...(before === undefined ? {} : { p_before: before.id }) },
      z.array(listedRunSchema),
    )
    runs.push(...page)
    if (page.length < RUNS_PER_CALL) return runs
  }
}

/** The runs that have songs and are not taken back, newest first; the latest one when there is none such. */
export function standingRuns(runs: readonly ListedRun[]): ListedRun[] {
  const standing = runs.filter((run) => run.status !== 'rolled_back' && run.songs > 0)
  return standing.length > 0 ? standing : runs.slice(0, 1)
}
