import { z } from 'zod'
import { type MigrationDatabase, runSchema } from './migrationDatabase.ts'

const time = z.coerce.date()

const statusSchema = z.object({
  /** The database's clock, by which all other times are told. */
  now: time,
  /** The run that did not end, or else the latest; null when there is none yet. */
  run: runSchema.nullable(),
  /** Songs a second over the last ten seconds, by all workers. */
  rate: z.number().nullable(),
  /** By all workers of all sessions. */
  retries: z.number().int(),
  /** How batches grew and shrank: means over stretches of time, at most 24. */
  batchSizes: z.array(z.object({ until: time, songs: z.number(), durationMs: z.number() })),
  /** Those of the present session, in the order they came. */
  workers: z.array(
    z.object({
      name: z.string(),
      since: time,
      seenAt: time,
      leftAt: time.nullable(),
      batches: z.number().int(),
      songs: z.number().int(),
      retries: z.number().int(),
      waitingFor: z.string().nullable(),
      waitingSince: time.nullable(),
    }),
  ),
  /** What the run became, when, why and by whom; the last hundred, in order. */
  events: z.array(
    z.object({
      at: time,
      from: runSchema.shape.status.nullable(),
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
