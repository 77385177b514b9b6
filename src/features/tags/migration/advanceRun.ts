import { AnswerKeeper } from './answerKeeper.ts'
import { ChunkSizer, LARGEST_CHUNK } from './chunkSizer.ts'
import { DataValidator } from './dataValidator.ts'
import { EditRate } from './editRate.ts'
import { foldUsage } from './foldUsage.ts'
import { keepAside } from './keepAside.ts'
import type { MigrationClient } from './migrationClient.ts'
import { MigrationDatabase, type Run } from './migrationDatabase.ts'
import { MigrationFailure } from './migrationFailure.ts'
import { MigrationReporter } from './migrationReporter.ts'
import { moveRun, moveRunOn } from './moveRun.ts'
import { readPlan } from './readPlan.ts'
import { type RetryPolicy, sleepUntil } from './retry.ts'
import { RunEnding } from './runEnding.ts'
import { RunOpener } from './runOpener.ts'
import { RunPlanner } from './runPlanner.ts'
import { type RunProgress, runProgress } from './runProgress.ts'
import { NOT_IN_THIS_STATE } from './sqlStates.ts'
import { stopIfAsked } from './stopIfAsked.ts'
import { Fenced } from './takenOver.ts'
import { ThemeMigrator } from './themeMigrator.ts'
import type { CheckedValidation, MigrationConfig, MigrationPlan } from './types.ts'
import { unfinishedRun } from './unfinishedRun.ts'
import { WorkerReports } from './workerReports.ts'

export interface AdvanceOptions {
  /** Shown to people beside the run. */
  worker: string
  /** Starts a run when none is on. */
  start: boolean
  /** Takes up a run that was paused or has failed. */
  resume: boolean
  /** The content hash of a stored plan, which a started run has instead of one made now. */
  plan?: string | undefined
  /** A started run tries this song again; the others in quarantine stay there. */
  song?: string | undefined
  /** Ends the work at its next safe point: its time is over. */
  signal: AbortSignal
}

export interface Advance {
  /**
   * `working`: the time was over. `nothing-to-do`: no run is on; `run.status` says how the last one ended.
   * `not-started`: the songbook is too large to be planned in that time. `try-later`: what stood in the way may pass.
   */
  outcome:
    | 'working'
    | 'complete'
    | 'paused'
    | 'failed'
    | 'rolling-back'
    | 'taken-over'
    | 'try-later'
    | 'not-started'
    | 'nothing-to-do'
  /** Whether another call would go on. */
  again: boolean
  run: RunProgress | null
  /** What stood in the way, and what a person can do about it. */
  message?: string
  advice?: string
  /** The checks that failed. */
  checks?: Pick<CheckedValidation, 'name' | 'expectedResult' | 'actual'>[]
}

/**
 * Works on the run that is on for a limited time, in chunks of at most `LARGEST_CHUNK` songs, beside whoever else does:
 * it joins the run's epoch, so that nobody is fenced by it. Called again and again it does all that a MigrationRunner
 * does. It remembers nothing itself and may be killed at any moment.
 * @throws what is not a MigrationFailure
 */
export function advanceRun(client: MigrationClient, options: AdvanceOptions): Promise<Advance> {
  return new RunAdvance(client, options).advance()
}

/** A run of these a worker may go on with; every other one waits for a person, or has ended. */
const UNDER_WAY: ReadonlySet<Run['status']> = new Set(['preparing', 'running', 'validating'])
const TO_RESUME: ReadonlySet<Run['status']> = new Set(['paused', 'failed'])

class RunAdvance {
  readonly #client: MigrationClient
  readonly #options: AdvanceOptions
  readonly #policy: RetryPolicy
  readonly #database: MigrationDatabase
  readonly #reporter = new MigrationReporter(undefined)
  readonly #sizer = new ChunkSizer('polite')
  readonly #edits = new EditRate()
  readonly #ending: RunEnding
  #retries = 0
  #reports: WorkerReports | undefined
  #failedChecks: Pick<CheckedValidation, 'name' | 'expectedResult' | 'actual'>[] = []

  constructor(client: MigrationClient, options: AdvanceOptions) {
    this.#client = client
    this.#options = options
    this.#policy = {
      maxRetries: 3,
      delayMs: 250,
      sleep: sleepUntil(options.signal),
      random: Math.random,
      onRetry: () => {
        this.#retries += 1
      },
    }
    this.#database = new MigrationDatabase(client, this.#policy)
    this.#ending = new RunEnding(this.#database, this.#reporter, {
      worker: options.worker,
      sizer: this.#sizer,
      rollbackOnFailure: false,
      isJoined: false,
    })
  }

  async advance(): Promise<Advance> {
    let run: Run | null = null
    try {
      run = await this.#find()
      if (run === null) return { outcome: 'nothing-to-do', again: false, run: null }
      return this.#standing(UNDER_WAY.has(run.status) ? await this.#reported(run) : run)
    } catch (error) {
      return this.#explain(run, error)
    }
  }

  /** The run that is on, started or taken up where that was asked for; otherwise the last one. */
  async #find(): Promise<Run | null> {
    const latest = await this.#database.run(null)
    const unfinished = unfinishedRun(latest)
    if (unfinished === null) return this.#options.start ? ((await this.#begin()) ?? latest) : latest
    const isAsked = this.#options.resume && TO_RESUME.has(unfinished.status)
    return isAsked ? this.#opener().open() : unfinished
  }

  async #begin(): Promise<Run | null> {
    const { plan, song } = this.#options
    const run = await this.#opener(
      plan === undefined ? undefined : await readPlan(this.#database, plan),
    ).begin()
    if (run !== null && song !== undefined) await keepAside(this.#database, run, song)
    return run
  }

  /** Works on it; people who watch the run see that somebody does. */
  async #reported(run: Run): Promise<Run> {
    const reports = new WorkerReports(this.#database, run, this.#options.worker, () => this.#retries)
    this.#reports = reports
    reports.now()
    try {
      return await this.#workOn(run)
    } finally {
      await reports.leave()
    }
  }

  /** Step by step until it stands; steps that another worker has taken meanwhile are not taken again. */
  async #workOn(begun: Run): Promise<Run> {
    for (let run = begun; ; ) {
      stopIfAsked(this.#options.signal)
      const now = await this.#step(run).catch((error: unknown) => this.#movedByOthers(run, error))
      if (!UNDER_WAY.has(now.status) || now.epoch !== run.epoch) return now
      run = now
    }
  }

  async #step(run: Run): Promise<Run> {
    if (run.status === 'validating') return this.#certify(run)
    const migrator = this.#migrator()
    if (run.status === 'preparing') return migrator.prepare(run)
    try {
      await migrator.migrate(run)
    } finally {
      // Nobody knows when the next call comes; usage counts must not be wrong until then.
      await foldUsage(this.#database, run.id)
    }
    return moveRunOn(this.#database, run, { to: 'validating', worker: this.#options.worker })
  }

  async #certify(run: Run): Promise<Run> {
    const keeper = new AnswerKeeper(this.#client, this.#policy, run, this.#options.signal)
    const { valid, certificate, checks } = await new DataValidator(keeper).validate(run)
    if (valid) {
      return moveRun(this.#database, run, { to: 'complete', worker: this.#options.worker, certificate })
    }
    this.#failedChecks = checks
      .filter((check) => check.critical && !check.ok)
      .map(({ name, expectedResult, actual }) => ({ name, expectedResult, actual }))
    await this.#ending.fail(run, 'validation', 'Validation found differences.')
    return this.#current(run)
  }

  /** The run as somebody else has moved it. @throws the error, when nobody has */
  async #movedByOthers(run: Run, error: unknown): Promise<Run> {
    const isRefused = error instanceof MigrationFailure && error.detail === NOT_IN_THIS_STATE
    if (!isRefused && !(error instanceof Fenced)) throw error
    const now = await this.#current(run)
    if (now.status === run.status && now.epoch === run.epoch) throw error
    return now
  }

  #standing(now: Run): Advance {
    const run = runProgress(now)
    switch (now.status) {
      case 'complete':
        return { outcome: 'complete', again: false, run }
      case 'paused':
        return { outcome: 'paused', again: false, run, message: 'The run is paused.', advice: TO_GO_ON }
      case 'failed':
        return {
          outcome: 'failed',
          again: false,
          run,
          message: 'The run has failed.',
          advice: TO_GO_ON,
          ...(this.#failedChecks.length > 0 ? { checks: this.#failedChecks } : {}),
        }
      case 'rolling_back':
        return { outcome: 'rolling-back', again: false, run, message: 'The run is being rolled back.' }
      default:
        if (!UNDER_WAY.has(now.status)) return { outcome: 'nothing-to-do', again: false, run }
        return {
          outcome: 'taken-over',
          again: true,
          run,
          message: `${now.worker || 'Another worker'} took it over.`,
        }
    }
  }

  async #explain(run: Run | null, error: unknown): Promise<Advance> {
    if (!(error instanceof MigrationFailure)) {
      if (run !== null) await this.#ending.record(run, new Error('Unexpected failure.'))
      throw error
    }
    const { message, advice } = error
    if (error.code === 'stopped') {
      if (run === null)
        return { outcome: 'not-started', again: false, run: null, message: TOO_LARGE, advice: FROM_TERMINAL }
      return { outcome: 'working', again: true, run: runProgress(await this.#current(run)) }
    }
    if (error.transient || error.code === 'busy') {
      return { outcome: 'try-later', again: true, run: run && runProgress(run), message, advice }
    }
    if (run === null) return { outcome: 'failed', again: false, run: null, message, advice }
    await this.#ending.record(run, error)
    return { outcome: 'failed', again: false, run: runProgress(await this.#current(run)), message, advice }
  }

  /** As it is now, or as it was last known when it cannot be asked for. */
  async #current(run: Run): Promise<Run> {
    return (await this.#database.run(run.id)) ?? run
  }

  #migrator(): ThemeMigrator {
    return new ThemeMigrator(this.#database, {
      worker: this.#options.worker,
      workers: 1,
      sizer: this.#sizer,
      edits: this.#edits,
      errorLimits: ERROR_LIMITS,
      signal: this.#options.signal,
      onBatch: () => this.#reports?.now(),
      onQuarantine: () => {},
    })
  }

  #opener(plan?: MigrationPlan): RunOpener {
    const config: MigrationConfig = {
      batchSize: LARGEST_CHUNK,
      maxRetries: this.#policy.maxRetries,
      retryDelayMs: this.#policy.delayMs,
      validateChecksum: true,
      dryRun: false,
      profile: 'polite',
      // Proposals wait for a person.
      fuzzy: 'review',
      unfinished: 'resume',
      rollbackOnFailure: false,
      workers: 1,
      errorLimits: ERROR_LIMITS,
      worker: this.#options.worker,
      signal: this.#options.signal,
      ...(plan ? { plan } : {}),
    }
    const planner = new RunPlanner(this.#database, config, this.#reporter)
    return new RunOpener(this.#database, config, planner)
  }
}

/** Sterner than the command's: a call is short, and calls that a schedule makes must not put a whole songbook aside. */
const ERROR_LIMITS = { atLeast: 10, share: 0.5 }
const TO_GO_ON = 'Resume it, here or with: npm run migrate -- --resume'
const TOO_LARGE = 'Reading all themes takes longer than one call may.'
const FROM_TERMINAL = 'Start the run with: npm run migrate'
