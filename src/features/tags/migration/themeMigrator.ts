import * as z from 'zod/mini'
import { batchFailure, songsHeld, writersAtWork } from './batchFailures.ts'
import { type BatchSizer, LARGEST_BATCH } from './batchSizer.ts'
import type { EditRate } from './editRate.ts'
import { foldSomeUsage, foldUsage } from './foldUsage.ts'
import { inLanes } from './inLanes.ts'
import { isBeyond } from './isBeyond.ts'
import { batchesAtOnce } from './leavesRoom.ts'
import { fencedSchema, type MigrationDatabase, type Run, runSchema } from './migrationDatabase.ts'
import { MigrationFailure } from './migrationFailure.ts'
import { refreshStatistics, statisticsAreDue } from './refreshStatistics.ts'
import { waitBefore } from './retry.ts'
import { mayPass } from './sqlStates.ts'
import { SharedStretches, type Stretch } from './stretches.ts'
import { takenOver } from './takenOver.ts'
import type { ErrorLimits, MigrationError } from './types.ts'

const preparedSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('more'), prepared: z.number(), waiting: z.optional(z.literal('writers')) }),
  z.object({ outcome: z.literal('ready'), run: runSchema }),
  fencedSchema,
])

const doneSchema = z.object({
  outcome: z.literal('done'),
  songs: z.number(),
  themes: z.number(),
  links: z.number(),
  skipped: z.number(),
  last: z.string(),
  /** Whether a writer waited for the batch when it ended. */
  writerWaits: z.boolean(),
  /** How often songs were written, ever. */
  edits: z.number(),
  durationMs: z.number(),
})
const errorSchema = z.object({
  outcome: z.literal('error'),
  sqlstate: z.string(),
  message: z.string(),
  songs: z.number(),
  songId: z.nullable(z.string()),
})
const batchSchema = z.discriminatedUnion('outcome', [
  doneSchema,
  errorSchema,
  z.object({ outcome: z.literal('end') }),
  z.object({ outcome: z.literal('unknown-themes'), themes: z.array(z.string()) }),
  fencedSchema,
])
const adoptedSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('adopted') }),
  fencedSchema,
])
const quarantinedSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('quarantined') }),
  fencedSchema,
])

export type DoneBatch = z.infer<typeof doneSchema>

export interface ThemeMigratorOptions {
  worker: string
  workers: number
  sizer: BatchSizer
  edits: EditRate
  errorLimits: ErrorLimits
  signal: AbortSignal | undefined
  onBatch: (batch: DoneBatch) => void
  onQuarantine: (error: MigrationError) => void
}

/** What a walk came upon: songs that it migrated, and those that somebody held. */
interface Found {
  songs: number
  skipped: number
}

/** Batches between two folds of the usage counts. Seldom: people who tag meanwhile wait for each, since it holds the tags. */
const BATCHES_PER_FOLD = 1000
/** Rounds of waiting for songs that somebody holds before the run gives up, resumable. */
const ROUNDS_OF_WAITING = 8

/** Turns the themes of a run's songs into tags, batch by batch, until none is left. */
export class ThemeMigrator {
  readonly #database: MigrationDatabase
  readonly #options: ThemeMigratorOptions
  #migrated = 0
  readonly #quarantined = new Set<string>()
  #sinceFold = 0

  constructor(database: MigrationDatabase, options: ThemeMigratorOptions) {
    this.#database = database
    this.#options = options
  }

  /** Commits every planned tag before the first batch. @throws MigrationFailure */
  async prepare(run: Run): Promise<Run> {
    for (let rounds = 0; ; ) {
      this.#stopIfAsked()
      const answer = await this.#database.call(
        'tag_migration_prepare',
        { p_run: run.id, p_epoch: run.epoch, p_limit: 1000 },
        preparedSchema,
      )
      if (answer.outcome === 'fenced') return this.#readied(run, answer)
      if (answer.outcome === 'ready') return answer.run
      if (answer.waiting === undefined) continue
      // A lock that waits holds up the writers behind it: give them room before the next try.
      if (rounds === ROUNDS_OF_WAITING) throw writersAtWork()
      await waitBefore(this.#database.policy, rounds, writersAtWork())
      rounds += 1
    }
  }

  /** Another worker on the same run may have committed the last tag. */
  async #readied(run: Run, answer: z.infer<typeof fencedSchema>): Promise<Run> {
    const now = isBeyond(answer, run, 'preparing') ? await this.#database.run(run.id) : null
    if (now === null) throw takenOver(answer)
    return now
  }

  /**
   * Migrates what is left, in passes over all songs until one finds nothing. Where a lane begins is only a hint; songs
   * without a state row decide what is left.
   * @throws MigrationFailure `stopped` when the signal asks for it; everything committed stays
   */
  async migrate(run: Run): Promise<void> {
    for (let rounds = 0; ; ) {
      const { songs, skipped } = await this.#sweep(run)
      if (songs === 0 && skipped === 0) break
      if (songs === 0) {
        if (rounds === ROUNDS_OF_WAITING) throw songsHeld(skipped)
        await waitBefore(this.#database.policy, rounds, songsHeld(skipped))
        rounds += 1
      } else rounds = 0
    }
    await foldUsage(this.#database, run.id)
  }

  /** Walks once over all songs, in lanes side by side. */
  async #sweep(run: Run): Promise<Found> {
    const found = { songs: 0, skipped: 0 }
    const stretches = new SharedStretches(this.#options.workers)
    const lane = async (halted: () => boolean) => {
      let isOwn = true
      for (let stretch = stretches.take(); stretch && !halted(); stretch = stretches.take()) {
        const { songs, skipped } = await this.#pass(run, stretch, halted)
        stretches.done(stretch)
        found.songs += songs
        found.skipped += skipped
        // Half of another's that holds nothing: the others are at their last batches.
        if (songs === 0 && !isOwn) return
        isOwn = false
      }
    }
    await inLanes(Array.from({ length: this.#options.workers }, () => lane))
    return found
  }

  /** Walks once over a stretch of songs. */
  async #pass(run: Run, stretch: Stretch, halted: () => boolean): Promise<Found> {
    const found = { songs: 0, skipped: 0 }
    let window = this.#options.sizer.most
    while ((stretch.until === null || stretch.after < stretch.until) && !halted()) {
      const batch = await this.#nextBatch(run, window, stretch.after)
      if (batch === 'end') break
      stretch.after = batch.last
      found.songs += batch.songs
      found.skipped += batch.skipped
      // Over songs that are done already, wide windows: only the undone ones cost, and no more are taken than fit.
      window = batch.songs === 0 ? LARGEST_BATCH : this.#options.sizer.most
    }
    return found
  }

  async #nextBatch(run: Run, size: number, after: string): Promise<DoneBatch | 'end'> {
    let window = size
    for (let attempt = 0; ; ) {
      this.#stopIfAsked()
      const atOnce = batchesAtOnce(this.#options)
      const answer = await this.#database.call(
        'tag_migration_batch',
        {
          p_run: run.id,
          p_epoch: run.epoch,
          p_limit: window,
          p_after: after,
          p_worker: this.#options.worker,
          p_most: this.#options.sizer.most,
          p_budget_ms: this.#options.sizer.batchMs,
          ...(atOnce !== undefined && { p_at_once: atOnce }),
          p_first: this.#options.sizer.first,
          p_step_ms: this.#options.sizer.stepMs,
        },
        batchSchema,
      )
      switch (answer.outcome) {
        case 'end':
          return 'end'
        case 'fenced':
          throw takenOver(answer)
        case 'done':
          await this.#recorded(run, answer)
          return answer
        case 'unknown-themes':
          await this.#adopt(run, answer.themes)
          break
        case 'error': {
          const failure = batchFailure(answer)
          if (failure.transient && attempt < this.#database.policy.maxRetries) {
            await waitBefore(this.#database.policy, attempt, failure)
            attempt += 1
          } else if (answer.songs > 1) {
            this.#options.sizer.halve(answer.songs)
            window = this.#options.sizer.size
            attempt = 0
          } else if (answer.songId === null) throw failure
          else {
            await this.#quarantine(run, answer.songId, answer, attempt + 1)
            attempt = 0
          }
        }
      }
    }
  }

  async #recorded(run: Run, batch: DoneBatch): Promise<void> {
    const before = run.songs + this.#migrated
    this.#migrated += batch.songs
    this.#options.edits.look(batch.edits)
    this.#options.sizer.record(batch.songs, batch.durationMs, batch.writerWaits)
    this.#options.onBatch(batch)
    if (statisticsAreDue(before, before + batch.songs)) await refreshStatistics(this.#database)
    this.#sinceFold += 1
    if (this.#sinceFold < BATCHES_PER_FOLD) return
    this.#sinceFold = 0
    await foldSomeUsage(this.#database, run.id)
  }

  async #adopt(run: Run, themes: string[]): Promise<void> {
    const answer = await this.#database.call(
      'tag_migration_adopt',
      { p_run: run.id, p_epoch: run.epoch, p_themes: themes },
      adoptedSchema,
    )
    if (answer.outcome === 'fenced') throw takenOver(answer)
  }

  async #quarantine(
    run: Run,
    songId: string,
    error: z.infer<typeof errorSchema>,
    attempts: number,
  ): Promise<void> {
    const answer = await this.#database.call(
      'tag_migration_quarantine',
      {
        p_run: run.id,
        p_epoch: run.epoch,
        p_song: songId,
        p_sqlstate: error.sqlstate,
        p_message: error.message,
        p_attempts: attempts,
      },
      quarantinedSchema,
    )
    if (answer.outcome === 'fenced') throw takenOver(answer)
    // Another lane may have found it bad at the same moment.
    if (this.#quarantined.has(songId)) return
    const quarantined = this.#quarantined.add(songId).size
    this.#options.onQuarantine({
      songId,
      error: error.message,
      context: { sqlstate: error.sqlstate, attempts },
      recoverable: mayPass(error.sqlstate),
    })
    const { atLeast, share } = this.#options.errorLimits
    if (quarantined >= atLeast && quarantined > share * (quarantined + this.#migrated)) {
      throw new MigrationFailure(
        'too-many-errors',
        `${quarantined} songs could not be migrated: ${error.message}`,
        {
          advice:
            'Mend the cause, then run npm run migrate -- --resume; or take it back with npm run rollback.',
          detail: error.sqlstate,
        },
      )
    }
  }

  #stopIfAsked(): void {
    if (!this.#options.signal?.aborted) return
    throw new MigrationFailure('stopped', 'Stopped after the last batch.', {
      advice: 'Go on with: npm run migrate -- --resume',
    })
  }
}
