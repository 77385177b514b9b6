import { z } from 'zod'
import { type BatchSizer, LARGEST_BATCH } from './batchSizer.ts'
import { foldUsage } from './foldUsage.ts'
import { BEFORE_ALL, fencedSchema, type MigrationDatabase, type Run, runSchema } from './migrationDatabase.ts'
import { MigrationFailure } from './migrationFailure.ts'
import { waitBefore } from './retry.ts'
import { mayPass } from './sqlStates.ts'
import { takenOver } from './takenOver.ts'
import type {
  NestedThemes,
  RollbackConflict,
  RollbackPlan,
  RollbackResult,
  ValidationCheck,
} from './types.ts'

/** An array column takes arrays of arrays too, whatever its type says. */
const themesSchema: z.ZodType<NestedThemes> = z.lazy(() =>
  z.array(z.union([z.string(), z.null(), themesSchema])),
)

const conflictSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('themes-overwritten'),
    songId: z.string(),
    found: themesSchema.nullable(),
    restored: themesSchema.nullable(),
  }),
  z.object({ kind: z.literal('link-removed'), songId: z.string(), tag: z.string() }),
  z.object({ kind: z.literal('tag-kept'), tag: z.string(), reason: z.string() }),
])
const startSchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.enum(['started', 'already', 'other-mode', 'busy', 'before-images-gone']),
    run: runSchema,
  }),
  z.object({ outcome: z.literal('unknown-run') }),
])
const batchSchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('done'),
    songs: z.number(),
    links: z.number(),
    skipped: z.number(),
    last: z.string(),
    durationMs: z.number(),
    conflicts: z.array(conflictSchema),
  }),
  z.object({
    outcome: z.literal('error'),
    sqlstate: z.string(),
    message: z.string(),
    songs: z.number(),
    songId: z.string().nullable(),
  }),
  z.object({ outcome: z.literal('end') }),
  fencedSchema,
])
const tagsSchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('done'),
    last: z.string().nullable(),
    removed: z.number(),
    conflicts: z.array(conflictSchema),
  }),
  fencedSchema,
])
const finishSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('moved'), run: runSchema }),
  fencedSchema,
])
const previewSchema = z.object({
  last: z.string().nullable(),
  songs: z.number(),
  links: z.number(),
  conflicts: z.array(conflictSchema),
})

export interface RollbackOptions {
  worker: string
  sizer: BatchSizer
  signal?: AbortSignal
  /** Told after each batch how many songs of how many are restored. */
  onBatch?: (restored: number, total: number) => void
}

const ROUNDS_OF_WAITING = 8
const AFFECTED_TABLES = [
  'public.song_tags',
  'public.tags',
  'tag_migration.song_state',
  'tag_migration.journal',
]

/** Takes a run back, from whatever state it is in; running it again, or after an interruption, changes nothing twice. */
export class RollbackManager {
  readonly #database: MigrationDatabase

  constructor(database: MigrationDatabase) {
    this.#database = database
  }

  /** What a rollback would do. Writes nothing. @throws MigrationFailure `unknown-run`, `before-images-gone` */
  async plan(runId: string | null, exact: boolean): Promise<RollbackPlan> {
    const run = await this.#findRun(runId)
    if (run.prunedAt !== null && run.status !== 'rolled_back') throw beforeImagesGone(run)
    const plan: RollbackPlan = {
      backupId: run.id,
      backupTimestamp: run.startedAt,
      affectedTables: exact ? [...AFFECTED_TABLES, 'public.songs'] : AFFECTED_TABLES,
      estimatedDuration: 0,
      validationChecks: checksAfter(exact),
      exact,
      songs: 0,
      linksToRemove: 0,
      conflicts: [],
      alreadyRolledBack: run.status === 'rolled_back',
    }
    const started = performance.now()
    for (let after = BEFORE_ALL; !plan.alreadyRolledBack; ) {
      const window = await this.#database.call(
        'tag_migration_rollback_preview',
        { p_run: run.id, p_exact: exact, p_after: after, p_limit: 5000 },
        previewSchema,
      )
      if (window.last === null) break
      after = window.last
      plan.songs += window.songs
      plan.linksToRemove += window.links
      plan.conflicts.push(...window.conflicts)
    }
    plan.estimatedDuration = (performance.now() - started) * WRITING_TO_READING
    return plan
  }

  /**
   * @param runId the run, or null for the latest
   * @throws MigrationFailure `unknown-run`, `busy`, `before-images-gone`
   */
  async rollback(runId: string | null, exact: boolean, options: RollbackOptions): Promise<RollbackResult> {
    const started = performance.now()
    const found = await this.#findRun(runId)
    const start = await this.#database.call(
      'tag_migration_rollback_start',
      { p_run: found.id, p_exact: exact, p_worker: options.worker },
      startSchema,
    )
    if (start.outcome === 'unknown-run') throw unknownRun(runId)
    const run = start.run
    if (start.outcome === 'already') {
      return {
        runId: run.id,
        phase: 'rolled-back',
        restoredCount: 0,
        linksRemoved: 0,
        tagsRemoved: 0,
        conflicts: [],
        alreadyRolledBack: true,
        durationMs: performance.now() - started,
      }
    }
    if (start.outcome === 'before-images-gone') throw beforeImagesGone(run)
    if (start.outcome === 'busy' || start.outcome === 'other-mode') throw notNow(start.outcome, run)

    const conflicts = await this.#takeBackSongs(run, options)
    const finished = options.signal?.aborted ? null : await this.#takeBackTags(run)
    const now = finished?.run ?? (await this.#findRun(run.id))
    const all = [...conflicts, ...(finished?.conflicts ?? [])]
    return {
      runId: run.id,
      phase: finished === null ? 'paused' : 'rolled-back',
      restoredCount: now.songsRestored,
      linksRemoved: now.linksRemoved,
      tagsRemoved: finished?.removed ?? 0,
      conflicts: all,
      alreadyRolledBack: false,
      durationMs: performance.now() - started,
    }
  }

  async #findRun(runId: string | null): Promise<Run> {
    const run = await (runId === null ? this.#database.standingRun() : this.#database.run(runId))
    if (run === null) throw unknownRun(runId)
    return run
  }

  async #takeBackSongs(run: Run, options: RollbackOptions): Promise<RollbackConflict[]> {
    const { sizer, signal, worker, onBatch } = options
    const conflicts: RollbackConflict[] = []
    let restored = run.songsRestored
    let after = BEFORE_ALL
    let window = sizer.size
    let pass = { songs: 0, skipped: 0 }
    for (let attempt = 0; !signal?.aborted; ) {
      const answer = await this.#database.call(
        'tag_migration_rollback_batch',
        { p_run: run.id, p_epoch: run.epoch, p_limit: window, p_after: after, p_worker: worker },
        batchSchema,
      )
      if (answer.outcome === 'fenced') throw takenOver(answer)
      if (answer.outcome === 'done') {
        sizer.record(answer.songs, answer.durationMs)
        window = Math.min(LARGEST_BATCH, sizer.size)
        after = answer.last
        pass = { songs: pass.songs + answer.songs, skipped: pass.skipped + answer.skipped }
        restored += answer.songs
        conflicts.push(...answer.conflicts)
        onBatch?.(restored, run.songs)
        if (answer.songs > 0) attempt = 0
      } else if (answer.outcome === 'end') {
        // The window holds only songs that are not taken back yet: nothing skipped means nothing left.
        if (pass.skipped === 0) break
        if (pass.songs === 0) {
          const held = songsHeld(pass.skipped)
          if (attempt === ROUNDS_OF_WAITING) throw held
          await waitBefore(this.#database.policy, attempt, held)
          attempt += 1
        }
        after = BEFORE_ALL
        pass = { songs: 0, skipped: 0 }
      } else {
        const failure = new MigrationFailure(
          'database',
          `Song ${answer.songId ?? ''} could not be taken back: ${answer.message}`,
          {
            advice: 'Mend the cause and run the rollback again; what is taken back stays so.',
            detail: answer.sqlstate,
            transient: mayPass(answer.sqlstate),
          },
        )
        if (failure.transient && attempt < this.#database.policy.maxRetries) {
          await waitBefore(this.#database.policy, attempt, failure)
          attempt += 1
        } else if (answer.songs > 1) {
          sizer.halve(answer.songs)
          window = sizer.size
        } else throw failure
      }
    }
    await foldUsage(this.#database, run.id)
    return conflicts
  }

  async #takeBackTags(run: Run): Promise<{ run: Run; removed: number; conflicts: RollbackConflict[] }> {
    const conflicts: RollbackConflict[] = []
    for (let after = BEFORE_ALL; ; ) {
      const answer = await this.#database.call(
        'tag_migration_rollback_tags',
        { p_run: run.id, p_epoch: run.epoch, p_after: after, p_limit: 1000 },
        tagsSchema,
      )
      if (answer.outcome === 'fenced') throw takenOver(answer)
      if (answer.last === null) break
      after = answer.last
      conflicts.push(...answer.conflicts)
    }
    const finish = await this.#database.call(
      'tag_migration_rollback_finish',
      { p_run: run.id, p_epoch: run.epoch },
      finishSchema,
    )
    if (finish.outcome === 'fenced') throw takenOver(finish)
    // From what is kept, not from what this session removed: an interrupted rollback has removed some before.
    return { run: finish.run, removed: run.tagsCreated - conflicts.length, conflicts }
  }
}

/** A rollback writes about this many times as long as its preview reads; an estimate for people. */
const WRITING_TO_READING = 12

function checksAfter(exact: boolean): ValidationCheck[] {
  const query = 'tag_migration_validate_rollback'
  return [
    { name: 'links and state of the run are gone', query, expectedResult: 0, critical: true },
    { name: 'themes equal their before-image', query, expectedResult: 0, critical: exact },
  ]
}

function songsHeld(songs: number): MigrationFailure {
  return new MigrationFailure('songs-held', `${songs} songs are held by somebody who is editing them.`, {
    advice: 'Run the rollback again when they are done.',
    transient: true,
  })
}

function unknownRun(runId: string | null): MigrationFailure {
  const message = runId === null ? 'There is no run to roll back.' : `There is no run ${runId}.`
  return new MigrationFailure('unknown-run', message, {
    advice: 'npm run validate -- --json names the latest run.',
  })
}

function beforeImagesGone(run: Run): MigrationFailure {
  const since = run.prunedAt?.toISOString().slice(0, 10)
  return new MigrationFailure('before-images-gone', `Run ${run.id} cannot be taken back any more.`, {
    advice: `Its before-images were dropped on ${since}, when their retention time was over.`,
  })
}

function notNow(outcome: 'busy' | 'other-mode', run: Run): MigrationFailure {
  if (outcome === 'busy') {
    return new MigrationFailure('busy', `Run ${run.id} is ${run.status.replace('_', ' ')}.`, {
      advice: 'Let it end or roll it back first.',
    })
  }
  const mode = run.exactRollback ? 'exact' : 'default'
  return new MigrationFailure('busy', `The rollback of run ${run.id} was begun in its ${mode} form.`, {
    advice: run.exactRollback ? 'Go on with: npm run rollback -- --exact' : 'Go on with: npm run rollback',
  })
}
