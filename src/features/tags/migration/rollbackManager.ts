import * as z from 'zod/mini'
import { restoreThemes } from './contractStep.ts'
import { fencedSchema, type MigrationDatabase, type Run, runSchema } from './migrationDatabase.ts'
import { previewRollback } from './previewRollback.ts'
import { waitBefore } from './retry.ts'
import { storedConflicts } from './rollbackConflicts.ts'
import {
  anotherRunUnderWay,
  beforeImagesGone,
  begunInAnotherForm,
  formOf,
  nothingBeyond,
  unknownRun,
  writersUnderWay,
} from './rollbackFailures.ts'
import { limitArguments, type RollbackForm, type RollbackLimit, sameForm } from './rollbackForm.ts'
import { ROUNDS_OF_WAITING, SongTaker, type TakeBackOptions } from './takeBackSongs.ts'
import { takeBackTags } from './takeBackTags.ts'
import { takenOver } from './takenOver.ts'
import type { MigrationError, RollbackPlan, RollbackResult, ValidationCheck } from './types.ts'

const startSchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.enum(['started', 'already', 'other-mode', 'busy', 'before-images-gone', 'themes-away']),
    run: runSchema,
  }),
  z.object({
    outcome: z.literal('nothing-beyond'),
    run: runSchema,
    first: z.nullable(z.number()),
    last: z.nullable(z.number()),
  }),
  z.object({ outcome: z.literal('unknown-run') }),
])
const finishSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.enum(['moved', 'writers']), run: runSchema }),
  fencedSchema,
])

export interface RollbackOptions extends TakeBackOptions {
  /** What is to stay; the whole run goes without it. */
  to?: RollbackLimit | null
}

const AFFECTED_TABLES = [
  'public.song_tags',
  'public.tags',
  'tag_migration.song_state',
  'tag_migration.journal',
]
/** A rollback writes about this many times as long as its preview reads; an estimate for people. */
const WRITING_TO_READING = 12

/** Takes a run back, from whatever state it is in; running it again, or after an interruption, changes nothing twice. */
export class RollbackManager {
  readonly #database: MigrationDatabase

  constructor(database: MigrationDatabase) {
    this.#database = database
  }

  /**
   * What a rollback would do. Writes nothing.
   * @throws MigrationFailure `unknown-run`, `before-images-gone`, `busy` when one of another form is under way
   */
  async plan(runId: string | null, exact: boolean, to: RollbackLimit | null = null): Promise<RollbackPlan> {
    const form: RollbackForm = { exact, to }
    const run = await this.#findRun(runId)
    const alreadyRolledBack = run.status === 'rolled_back'
    if (run.prunedAt !== null && !alreadyRolledBack) throw beforeImagesGone(run)
    if (run.status === 'rolling_back' && !sameForm(formOf(run), form)) throw begunInAnotherForm(run)
    const started = performance.now()
    const preview = alreadyRolledBack
      ? {
          songs: 0,
          linksToRemove: 0,
          tagsToRemove: 0,
          conflicts: await storedConflicts(this.#database, run.id),
        }
      : await previewRollback(this.#database, run, form)
    return {
      backupId: run.id,
      backupTimestamp: run.startedAt,
      affectedTables: exact ? [...AFFECTED_TABLES, 'public.songs'] : AFFECTED_TABLES,
      estimatedDuration: alreadyRolledBack ? 0 : (performance.now() - started) * WRITING_TO_READING,
      validationChecks: checksAfter(exact),
      ...form,
      ...preview,
      alreadyRolledBack,
    }
  }

  /**
   * Songs that cannot be taken back are put aside and named in `errors`; the next rollback tries them again.
   * @param runId the run, or null for the latest
   * @throws MigrationFailure `unknown-run`, `busy`, `before-images-gone`, `nothing-beyond`, `songs-held`, `too-many-errors`
   */
  async rollback(
    runId: string | null,
    exact: boolean,
    { to = null, ...options }: RollbackOptions,
  ): Promise<RollbackResult> {
    const started = performance.now()
    const run = await this.#begin(runId, { exact, to }, options)
    if (run.status === 'rolled_back') return this.#already(run, started)

    const songs = new SongTaker(this.#database, run, options)
    await songs.takeBack()
    const errors = await songs.errors()
    if (options.signal?.aborted || errors.length > 0) {
      const phase = options.signal?.aborted ? 'paused' : 'incomplete'
      return this.#result(await this.#findRun(run.id), phase, errors, started)
    }
    if (to === null) await takeBackTags(this.#database, run)
    const finished = await this.#finish(run)
    return this.#result(finished, to === null ? 'rolled-back' : 'partly-rolled-back', [], started)
  }

  async #findRun(runId: string | null): Promise<Run> {
    const run = await (runId === null ? this.#database.standingRun() : this.#database.run(runId))
    if (run === null) throw unknownRun(runId)
    return run
  }

  async #begin(runId: string | null, { exact, to }: RollbackForm, options: TakeBackOptions): Promise<Run> {
    const found = await this.#findRun(runId)
    const start = await this.#database.call(
      'tag_migration_rollback_start',
      { p_run: found.id, p_exact: exact, p_worker: options.worker, ...limitArguments(to) },
      startSchema,
    )
    switch (start.outcome) {
      case 'started':
      case 'already':
        return start.run
      case 'unknown-run':
        throw unknownRun(runId)
      case 'themes-away':
        // After the contract step the way back begins with the column.
        await restoreThemes(this.#database, options)
        return this.#begin(found.id, { exact, to }, options)
      case 'before-images-gone':
        throw beforeImagesGone(start.run)
      case 'busy':
        throw anotherRunUnderWay(start.run)
      case 'other-mode':
        throw begunInAnotherForm(start.run)
      case 'nothing-beyond':
        throw nothingBeyond(start.run, start.first, start.last)
    }
  }
  async #finish(run: Run): Promise<Run> {
    for (let rounds = 0; ; rounds += 1) {
      const finish = await this.#database.call(
        'tag_migration_rollback_finish',
        { p_run: run.id, p_epoch: run.epoch },
        finishSchema,
      )
      if (finish.outcome === 'fenced') throw takenOver(finish)
      if (finish.outcome === 'moved') return finish.run
      if (rounds === ROUNDS_OF_WAITING) throw writersUnderWay()
      await waitBefore(this.#database.policy, rounds, writersUnderWay())
    }
  }

  /** Totals come from the database, so that all sessions of a rollback are reported. */
  async #result(
    run: Run,
    phase: RollbackResult['phase'],
    errors: MigrationError[],
    started: number,
  ): Promise<RollbackResult> {
    return {
      runId: run.id,
      phase,
      restoredCount: run.songsRestored,
      linksRemoved: run.linksRemoved,
      tagsRemoved: run.tagsRemoved,
      conflicts: await storedConflicts(this.#database, run.id),
      errors,
      alreadyRolledBack: false,
      durationMs: performance.now() - started,
    }
  }

  async #already(run: Run, started: number): Promise<RollbackResult> {
    const result = await this.#result(run, 'rolled-back', [], started)
    return { ...result, restoredCount: 0, linksRemoved: 0, tagsRemoved: 0, alreadyRolledBack: true }
  }
}

function checksAfter(exact: boolean): ValidationCheck[] {
  const query = 'tag_migration_validate_rollback'
  return [
    { name: 'links and state of the run are gone', query, expectedResult: 0, critical: true },
    { name: 'themes equal their before-image', query, expectedResult: 0, critical: exact },
  ]
}
