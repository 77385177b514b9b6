import * as z from 'zod/mini'
import { type BatchSizer, LARGEST_BATCH } from './batchSizer.ts'
import { foldUsage } from './foldUsage.ts'
import { BEFORE_ALL, fencedSchema, type MigrationDatabase, type Run } from './migrationDatabase.ts'
import { MigrationFailure } from './migrationFailure.ts'
import { waitBefore } from './retry.ts'
import { songsHeld, tooManyStuck } from './rollbackFailures.ts'
import { mayPass } from './sqlStates.ts'
import { takenOver } from './takenOver.ts'
import type { MigrationError } from './types.ts'

const errorSchema = z.object({
  outcome: z.literal('error'),
  sqlstate: z.string(),
  message: z.string(),
  songs: z.number(),
  songId: z.nullable(z.string()),
})
type BatchError = z.infer<typeof errorSchema>
const doneSchema = z.object({
  outcome: z.literal('done'),
  songs: z.number(),
  skipped: z.number(),
  last: z.string(),
  durationMs: z.number(),
})
type DoneBatch = z.infer<typeof doneSchema>
const batchSchema = z.discriminatedUnion('outcome', [
  doneSchema,
  errorSchema,
  z.object({ outcome: z.literal('end') }),
  fencedSchema,
])
const putAsideSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('put-aside') }),
  fencedSchema,
])
const errorsSchema = z.array(
  z.object({ songId: z.string(), sqlstate: z.string(), message: z.string(), attempts: z.number() }),
)

export interface TakeBackOptions {
  worker: string
  sizer: BatchSizer
  signal?: AbortSignal
  /** Told after each batch how many songs of how many are restored. */
  onBatch?: (restored: number, total: number) => void
}

export const ROUNDS_OF_WAITING = 8
/** More than these, and more than half of those tried: something is wrong with all songs, not with some. */
const MOST_STUCK = 20

/** Walks over a run's songs until all are taken back but those that cannot be. */
export class SongTaker {
  readonly #database: MigrationDatabase
  readonly #run: Run
  readonly #options: TakeBackOptions
  #restored: number
  #stuck = 0

  constructor(database: MigrationDatabase, run: Run, options: TakeBackOptions) {
    this.#database = database
    this.#run = run
    this.#options = options
    this.#restored = run.songsRestored
  }

  /** Ends early when the signal says so. Usage counts are exact afterwards, however it ends. @throws MigrationFailure */
  async takeBack(): Promise<void> {
    try {
      await this.#walk()
    } catch (error) {
      // The server may be gone, too; the caller gets the first error.
      await foldUsage(this.#database, this.#run.id).catch(() => undefined)
      throw error
    }
    await foldUsage(this.#database, this.#run.id)
  }

  /** The songs put aside, at most a thousand of them. @throws MigrationFailure */
  async errors(): Promise<MigrationError[]> {
    const rows = await this.#database.call(
      'tag_migration_rollback_errors',
      { p_run: this.#run.id },
      errorsSchema,
    )
    return rows.map(({ songId, sqlstate, message, attempts }) => ({
      songId,
      error: message,
      context: { sqlstate, attempts },
      recoverable: true,
    }))
  }

  /** The window holds only songs that are not taken back: a walk that skipped none has left none. */
  async #walk(): Promise<void> {
    for (let rounds = 0; !this.#options.signal?.aborted; ) {
      const { songs, skipped } = await this.#pass()
      if (skipped === 0) return
      if (songs > 0) rounds = 0
      else {
        if (rounds === ROUNDS_OF_WAITING) throw songsHeld(skipped)
        await waitBefore(this.#database.policy, rounds, songsHeld(skipped))
        rounds += 1
      }
    }
  }

  async #pass(): Promise<{ songs: number; skipped: number }> {
    const { sizer, signal, onBatch } = this.#options
    const found = { songs: 0, skipped: 0 }
    for (let after = BEFORE_ALL; !signal?.aborted; ) {
      const batch = await this.#nextBatch(after)
      if (batch === 'end') break
      after = batch.last
      found.songs += batch.songs
      found.skipped += batch.skipped
      sizer.record(batch.songs, batch.durationMs)
      this.#restored += batch.songs
      onBatch?.(this.#restored, this.#run.songsToRestore)
    }
    return found
  }

  async #nextBatch(after: string): Promise<DoneBatch | 'end'> {
    const { sizer, worker } = this.#options
    for (let attempt = 0; ; ) {
      const answer = await this.#database.call(
        'tag_migration_rollback_batch',
        {
          p_run: this.#run.id,
          p_epoch: this.#run.epoch,
          p_limit: Math.min(LARGEST_BATCH, sizer.size),
          p_after: after,
          p_worker: worker,
        },
        batchSchema,
      )
      if (answer.outcome === 'done') return answer
      if (answer.outcome === 'end') return 'end'
      if (answer.outcome === 'fenced') throw takenOver(answer)
      attempt = await this.#afterError(answer, attempt)
    }
  }

  /** Waits, halves or puts aside. @returns the tries that the next call has behind it */
  async #afterError(answer: BatchError, attempt: number): Promise<number> {
    const { policy } = this.#database
    const failure = batchFailure(answer)
    if (failure.transient && attempt < policy.maxRetries) {
      await waitBefore(policy, attempt, failure)
      return attempt + 1
    }
    if (answer.songs > 1) this.#options.sizer.halve(answer.songs)
    else if (answer.songId === null) throw failure
    else await this.#putAside(answer.songId, answer, attempt + 1)
    return 0
  }

  async #putAside(songId: string, error: BatchError, attempts: number): Promise<void> {
    const answer = await this.#database.call(
      'tag_migration_rollback_put_aside',
      {
        p_run: this.#run.id,
        p_epoch: this.#run.epoch,
        p_song: songId,
        p_sqlstate: error.sqlstate,
        p_message: error.message,
        p_attempts: attempts,
      },
      putAsideSchema,
    )
    if (answer.outcome === 'fenced') throw takenOver(answer)
    this.#stuck += 1
    const taken = this.#restored - this.#run.songsRestored
    if (this.#stuck >= MOST_STUCK && this.#stuck > taken) {
      throw tooManyStuck(this.#stuck, error.message, error.sqlstate)
    }
  }
}

function batchFailure({ sqlstate, message }: BatchError): MigrationFailure {
  return new MigrationFailure('database', `The songs could not be taken back: ${message}`, {
    advice: 'Mend the cause and run the rollback again; what is taken back stays so.',
    detail: sqlstate,
    transient: mayPass(sqlstate),
  })
}
