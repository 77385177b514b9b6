import { z } from 'zod'
import { BatchSizer, TARGET_MS } from './batchSizer.ts'
import { DataValidator } from './dataValidator.ts'
import { foldUsage } from './foldUsage.ts'
import type { MigrationClient } from './migrationClient.ts'
import { fencedSchema, MigrationDatabase, type Run, runSchema } from './migrationDatabase.ts'
import { MigrationFailure } from './migrationFailure.ts'
import { MigrationReporter } from './migrationReporter.ts'
import { checkPlanFits } from './planFile.ts'
import { makePlan, storePlan, summarizePlan } from './planner.ts'
import { quarantinedBefore } from './quarantinedBefore.ts'
import { sleepUntil } from './retry.ts'
import { RollbackManager } from './rollbackManager.ts'
import { type Survey, surveySongs } from './survey.ts'
import { takenOver } from './takenOver.ts'
import { ThemeMigrator } from './themeMigrator.ts'
import type {
  CheckedValidation,
  MigrationCheckpoint,
  MigrationConfig,
  MigrationPlan,
  MigrationResult,
  PlanSummary,
  ValidationReport,
} from './types.ts'

/** Somebody works on a run whose last sign of life is younger than this, seconds. */
const IDLE_AFTER_SECONDS = 15

const startSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('started'), run: runSchema }),
  z.object({ outcome: z.literal('busy'), run: runSchema }),
  z.object({ outcome: z.literal('incomplete-plan'), themes: z.number() }),
])
const resumeSchema = z.object({ outcome: z.enum(['resumed', 'refused']), run: runSchema })
const movedSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('moved'), run: runSchema }),
  fencedSchema,
])

export interface Preview {
  plan: MigrationPlan
  summary: PlanSummary
  survey: Survey
}

/** Orchestrates a migration: survey, plan, batches, validation; and what happens when one of them fails. */
export class MigrationRunner {
  readonly #config: MigrationConfig
  readonly #database: MigrationDatabase
  readonly #reporter: MigrationReporter
  readonly #sizer: BatchSizer

  constructor(client: MigrationClient, config: MigrationConfig) {
    this.#config = config
    this.#reporter = new MigrationReporter(config.progressCallback)
    this.#sizer = new BatchSizer(config.batchSize, TARGET_MS[config.profile])
    this.#database = new MigrationDatabase(client, {
      maxRetries: config.maxRetries,
      delayMs: config.retryDelayMs,
      sleep: sleepUntil(config.signal),
      random: Math.random,
      onRetry: () => this.#reporter.retry(),
    })
  }

  get rollbackManager(): RollbackManager {
    return new RollbackManager(this.#database)
  }

  /** What a run would do. Writes nothing. @throws MigrationFailure */
  async preview(): Promise<Preview> {
    const survey = await this.#survey()
    const plan = await this.#plan(survey)
    return { plan, survey, summary: await summarizePlan(this.#database, survey, plan) }
  }

  /** The run that did not end, with its checkpoint, or null. */
  async checkpoint(): Promise<MigrationCheckpoint | null> {
    const run = await this.#unfinishedRun()
    return run === null ? null : checkpointOf(run)
  }

  async validate(runId: string | null = null): Promise<ValidationReport> {
    const run = await (runId === null ? this.#database.standingRun() : this.#database.run(runId))
    if (run === null && runId !== null) {
      throw new MigrationFailure('unknown-run', `There is no run ${runId}.`, {
        advice: 'Leave --run out for the latest.',
      })
    }
    const total = run?.songs ?? 0
    this.#reporter.enter('validating', { processed: 0, total })
    return this.#validator().validate(run)
  }

  /**
   * Migrates, or goes on with the run that did not end.
   * @returns also when songs are in quarantine, a check failed or the signal paused it: see `phase`, `errors`, `checks`
   * @throws MigrationFailure when it could not go on; the run is then left resumable
   */
  async run(): Promise<MigrationResult> {
    const started = performance.now()
    this.#reporter.enter('preparing', { processed: 0, total: 0 })
    const run = (await this.#takeUp()) ?? (await this.#begin())
    if (run === null) return this.#nothingToDo(started)
    try {
      return await this.#migrate(run, started)
    } catch (error) {
      if (error instanceof MigrationFailure && error.code === 'stopped') return this.#paused(run, started)
      await this.#failed(run, error)
      throw error
    }
  }

  async #migrate(begun: Run, started: number): Promise<MigrationResult> {
    const migrator = new ThemeMigrator(this.#database, {
      worker: this.#config.worker,
      sizer: this.#sizer,
      workers: this.#config.workers,
      errorLimits: this.#config.errorLimits,
      signal: this.#config.signal,
      onBatch: (batch) => this.#reporter.batch(batch.songs, this.#sizer.size),
      onQuarantine: (error) => this.#reporter.error(error),
    })
    const run = begun.status === 'preparing' ? await migrator.prepare(begun) : begun
    this.#reporter.enter('migrating', { processed: run.songs, total: Math.max(run.totalSongs, run.songs) })
    await migrator.migrate(run)

    const migrated = await this.#move(run, 'validating')
    this.#reporter.enter('validating', { processed: 0, total: migrated.songs })
    const report = this.#config.validateChecksum ? await this.#validator().validate(migrated) : null
    if (report !== null && !report.valid) {
      await this.#fail(migrated, 'validation', 'Validation found differences.')
      return this.#result('failed', started, report.checks)
    }
    await this.#move(migrated, 'complete', report?.certificate)
    this.#reporter.enter('complete', { processed: migrated.songs, total: migrated.songs })
    return this.#result('complete', started, report?.checks ?? [])
  }

  /** Takes up the run that did not end, if there is one and nobody else works on it. */
  async #takeUp(): Promise<Run | null> {
    const unfinished = await this.#unfinishedRun()
    const { unfinished: wish, worker } = this.#config
    if (unfinished === null) {
      if (wish === 'resume') {
        throw new MigrationFailure('nothing-to-resume', 'There is no run to resume.', {
          advice: 'Start one with: npm run migrate',
        })
      }
      return null
    }
    if (unfinished.status === 'rolling_back') {
      throw new MigrationFailure('busy', `Run ${unfinished.id} is being rolled back.`, {
        advice: `Finish that first: npm run rollback${unfinished.exactRollback ? ' -- --exact' : ''}`,
      })
    }
    const atWork =
      unfinished.status !== 'paused' &&
      unfinished.status !== 'failed' &&
      unfinished.idleSeconds < IDLE_AFTER_SECONDS
    if (atWork && wish === 'resume-if-idle') {
      throw new MigrationFailure(
        'busy',
        `Run ${unfinished.id} is at work: ${unfinished.worker}, ${unfinished.songs} of ${unfinished.totalSongs} songs.`,
        { advice: 'Let it end, or take it over with: npm run migrate -- --resume' },
      )
    }
    if (wish === 'restart') {
      await this.rollbackManager.rollback(unfinished.id, false, {
        worker,
        sizer: new BatchSizer(this.#config.batchSize, TARGET_MS[this.#config.profile]),
        ...(this.#config.signal ? { signal: this.#config.signal } : {}),
      })
      return null
    }
    const answer = await this.#database.call(
      'tag_migration_resume',
      { p_run: unfinished.id, p_worker: worker },
      resumeSchema,
    )
    if (answer.outcome === 'refused') {
      throw new MigrationFailure('busy', `Run ${answer.run.id} is ${answer.run.status} now.`, {
        advice: 'Run the command again.',
      })
    }
    return answer.run
  }

  /** Surveys, plans and opens a run; null when every song is migrated. */
  async #begin(): Promise<Run | null> {
    const survey = await this.#survey()
    if (survey.songs === 0) return null
    const plan = await this.#plan(survey)
    await this.#config.onPlan?.(plan, survey)
    this.#stopIfAsked()
    const hash = await storePlan(this.#database, plan)
    const answer = await this.#database.call(
      'tag_migration_start',
      {
        p_plan_hash: hash,
        p_plan_themes: plan.entries.length,
        p_total_songs: survey.songs,
        p_options: {
          profile: this.#config.profile,
          fuzzy: this.#config.fuzzy,
          // By it a second try knows the run that the first one started, when its answer was lost.
          startKey: crypto.randomUUID(),
        },
        p_worker: this.#config.worker,
      },
      startSchema,
    )
    if (answer.outcome === 'started') return answer.run
    if (answer.outcome === 'busy') {
      throw new MigrationFailure(
        'busy',
        `Run ${answer.run.id} was started meanwhile by ${answer.run.worker}.`,
        {
          advice: 'Let it end, or take it over with: npm run migrate -- --resume',
        },
      )
    }
    throw new MigrationFailure(
      'database',
      `Only ${answer.themes} of ${plan.entries.length} plan entries arrived.`,
      {
        advice: 'Run the command again.',
      },
    )
  }

  #survey(): Promise<Survey> {
    return surveySongs(this.#database, (survey) => {
      this.#stopIfAsked()
      this.#reporter.advance(survey.songs)
    })
  }

  #validator(): DataValidator {
    return new DataValidator(this.#database, this.#config.workers, (done) => {
      this.#stopIfAsked()
      this.#reporter.advance(done)
    })
  }

  #stopIfAsked(): void {
    if (!this.#config.signal?.aborted) return
    throw new MigrationFailure('stopped', 'Stopped when asked to.', { advice: 'Run the command again.' })
  }

  async #plan(survey: Survey): Promise<MigrationPlan> {
    const { plan, fuzzy } = this.#config
    if (plan === undefined) return makePlan(this.#database, survey, fuzzy)
    await checkPlanFits(plan, survey.themes)
    return plan
  }

  async #unfinishedRun(): Promise<Run | null> {
    const run = await this.#database.run(null)
    return run === null || run.status === 'complete' || run.status === 'rolled_back' ? null : run
  }

  async #move(run: Run, to: Run['status'], certificate?: string | null): Promise<Run> {
    const answer = await this.#database.call(
      'tag_migration_transition',
      { p_run: run.id, p_epoch: run.epoch, p_to: to, ...(certificate ? { p_certificate: certificate } : {}) },
      movedSchema,
    )
    if (answer.outcome === 'fenced') throw takenOver(answer)
    return answer.run
  }

  async #paused(run: Run, started: number): Promise<MigrationResult> {
    await this.#move(run, 'paused')
    // Nobody knows for how long; usage counts must not be wrong until then.
    await foldUsage(this.#database, run.id)
    this.#reporter.enter('paused', { processed: (await this.#current(run.id)).songs, total: run.totalSongs })
    return this.#result('paused', started, [])
  }

  async #failed(run: Run, error: unknown): Promise<void> {
    const failure = error instanceof MigrationFailure ? error : undefined
    this.#reporter.error({
      songId: 'system',
      error: error instanceof Error ? error.message : String(error),
      context: { runId: run.id, ...(failure?.detail ? { detail: failure.detail } : {}) },
      recoverable: true,
    })
    if (failure?.code === 'taken-over') return
    try {
      await this.#fail(
        run,
        failure?.code ?? 'unexpected',
        error instanceof Error ? error.message : String(error),
      )
      await foldUsage(this.#database, run.id)
    } catch {
      // The server is gone, so it cannot be told. The run is resumable all the same, and the caller gets the first error.
    }
  }

  async #fail(run: Run, code: string, message: string): Promise<void> {
    const answer = await this.#database.once(
      'tag_migration_transition',
      { p_run: run.id, p_epoch: run.epoch, p_to: 'failed', p_failure: { code, message } },
      movedSchema,
    )
    if (answer.outcome === 'fenced' || !this.#config.rollbackOnFailure) return
    await this.rollbackManager.rollback(run.id, false, { worker: this.#config.worker, sizer: this.#sizer })
  }

  async #nothingToDo(started: number): Promise<MigrationResult> {
    const latest = await this.#database.run(null)
    if (latest !== null) return this.#result('nothing-to-do', started, [])
    const { retries } = this.#reporter.progress
    return {
      runId: null,
      phase: 'nothing-to-do',
      processedCount: 0,
      totalCount: 0,
      tagsCreated: 0,
      tagsReused: 0,
      linksCreated: 0,
      errors: [],
      batches: 0,
      retries,
      durationMs: performance.now() - started,
      certificate: null,
      checks: [],
    }
  }

  /** Totals come from the database, so that a resumed run reports all of its sessions. */
  async #result(
    phase: 'complete' | 'paused' | 'failed' | 'nothing-to-do',
    started: number,
    checks: CheckedValidation[],
  ): Promise<MigrationResult> {
    const run = await this.#database.run(null)
    if (run === null)
      throw new MigrationFailure('unknown-run', 'The run is gone.', { advice: 'Run npm run validate.' })
    const { errors, retries } = this.#reporter.progress
    const earlier = run.quarantined === 0 ? [] : await quarantinedBefore(this.#database, run.id, errors)
    return {
      runId: run.id,
      phase: run.status === 'rolled_back' ? 'rolled-back' : phase,
      processedCount: run.songs,
      totalCount: Math.max(run.totalSongs, run.songs),
      tagsCreated: run.tagsCreated,
      tagsReused: run.tagsReused,
      linksCreated: run.linksCreated,
      errors: [...earlier, ...errors],
      batches: run.batches,
      retries,
      durationMs: performance.now() - started,
      certificate: run.certificate,
      checks,
    }
  }

  async #current(id: string): Promise<Run> {
    const run = await this.#database.run(id)
    if (run === null)
      throw new MigrationFailure('unknown-run', `Run ${id} is gone.`, { advice: 'Run npm run validate.' })
    return run
  }
}

function checkpointOf(run: Run): MigrationCheckpoint {
  return {
    id: run.id,
    timestamp: new Date(Date.now() - run.idleSeconds * 1000),
    lastProcessedId: run.lastSong,
    processedCount: run.songs,
    checksum: run.planHash,
  }
}
