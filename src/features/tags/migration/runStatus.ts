import * as z from 'zod/mini'
import { type MigrationDatabase, runSchema } from './migrationDatabase.ts'

const time = z.coerce.date()

const statusSchema = z.object({
  /** The database's clock, by which all other times are told. */
  now: time,
  /** The run that did not end, or else the latest; null when there is none yet. */
  run: z.nullable(runSchema),
  /** Songs a second over the last ten seconds, by all workers. */
  rate: z.nullable(z.number()),
  /** By all workers of all sessions. */
  retries: z.int(),
  /** How batches grew and shrank: means over stretches of time, at most 24. */
  batchSizes: z.array(z.object({ until: time, songs: z.number(), durationMs: z.number() })),
  /** As the run was started; null without a run. It says how long a batch should take. */
  profile: z.optional(z.nullable(z.enum(['auto', 'polite', 'quiet']))),
  /** Those of the present session, in the order they came. */
  workers: z.array(
    z.object({
      name: z.string(),
      since: time,
      seenAt: time,
      leftAt: z.nullable(time),
      batches: z.int(),
      songs: z.int(),
      retries: z.int(),
      waitingFor: z.nullable(z.string()),
      waitingSince: z.nullable(time),
    }),
  ),
  /** What the run became, when, why and by whom; the last hundred, in order. */
  events: z.array(
    z.object({
      at: time,
      from: z.nullable(runSchema.shape.status),
      to: runSchema.shape.status,
      worker: z.string(),
      reason: z.string(),
    }),
  ),
})

/** How a run is doing, as people see it from outside. Nothing in it decides anything. */
export type RunStatus = z.infer<typeof statusSchema>
export type WorkerStatus = RunStatus['workers'][number]

/** @param runId without it, the run that did not end, or else the latest. @throws MigrationFailure */
export function readStatus(database: MigrationDatabase, runId?: string): Promise<RunStatus> {
  return database.call('tag_migration_status', runId === undefined ? {} : { p_run: runId }, statusSchema)
}
