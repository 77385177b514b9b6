import { awaitValidation } from './awaitValidation.ts'
import { BatchSizer, PACE } from './batchSizer.ts'
import { DataValidator } from './dataValidator.ts'
import { EditRate } from './editRate.ts'
import { leavesRoom } from './leavesRoom.ts'
import type { MigrationClient } from './migrationClient.ts'
import { MigrationDatabase, type Run } from './migrationDatabase.ts'
import { MigrationFailure } from './migrationFailure.ts'
import { MigrationReporter } from './migrationReporter.ts'
import { migrationResult, type SessionEnd } from './migrationResult.ts'
import { moveRun, moveRunOn } from './moveRun.ts'
import { sleepUntil } from './retry.ts'
import { RollbackManager } from './rollbackManager.ts'
import { RunEnding } from './runEnding.ts'
import { RunOpener } from './runOpener.ts'
import { type Preview, RunPlanner } from './runPlanner.ts'
import { RunTally } from './runTally.ts'
import { stopIfAsked } from './stopIfAsked.ts'
import { isDoneByOthers } from './takenOver.ts'
import { ThemeMigrator } from './themeMigrator.ts'
import type {
  CheckedValidation,
  MigrationCheckpoint,
  MigrationConfig,
  MigrationResult,
  RunsReport,
} from './types.ts'
import { unfinishedRun } from './unfinishedRun.ts'
import { validateStanding } from './validateStanding.ts'
import { WorkerReports } from './workerReports.ts'

/** Orchestrates a migration: survey, plan, batches, validation; and what happens when one of them fails. */
export class MigrationRunner {
  readonly #config: MigrationConfig
  readonly #database: MigrationDatabase
  readonly #reporter: MigrationReporter
  readonly #sizer: BatchSizer
  readonly #edits = new EditRate()
  readonly #planner: RunPlanner
  readonly #ending: RunEnding
  #reports: WorkerReports | undefined
  #checks: CheckedValidation[] = []

  constructor(client: MigrationClient, config: MigrationConfig) {
    this.#config = config
    this.#reporter = new MigrationReporter(config.progressCallback)
    this.#sizer = new BatchSizer(config.batchSize, PACE[config.profile])
    this.#database = new MigrationDatabase(client, {
      maxRetries: config.maxRetries,
      delayMs: config.retryDelayMs,
      sleep: sleepUntil(config.signal),
      random: Math.random,
      onRetry: (failure) => this.#retry(failure),
    })
    this.#planner = new RunPlanner(this.#database, config, this.#reporter)
    this.#ending = new RunEnding(this.#database, this.#reporter, {
      worker: config.worker,
      sizer: this.#sizer,
      rollbackOnFailure: config.rollbackOnFailure,
      isJoined: config.unfinished === 'join',
    })
  }

  get rollbackManager(): RollbackManager {
    return new RollbackManager(this.#database)
  }

  /** What a run would do. Writes nothing. @throws MigrationFailure */
  preview(): Promise<Preview> {
    return this.#planner.preview()
  }

  /** The run that did not end, or else the latest one; null when there is none yet. */
  latest(): Promise<Run | null> {
    return this.#database.run(null)
  }

  /** Where the run that did not end stands, or null. */
  async checkpoint(): Promise<MigrationCheckpoint | null> {
    const run = unfinishedRun(await this.latest())
    return run === null ? null : checkpointOf(run)
  }

  /** Validates this run, or every one that stands. @throws MigrationFailure */
  validate(runId: string | null = null): Promise<RunsReport> {
    return validateStanding(this.#database, this.#validator(), runId, (runs) => {
      const total = runs.reduce((songs, run) => songs + run.songs, 0)
      this.#reporter.enter('validating', { processed: 0, total })
    })
  }

  /**
   * Migrates, or goes on with the run that did not end.
   * @returns also when songs are in quarantine, a check failed or the signal paused it: see `phase`, `errors`, `checks`
   * @throws MigrationFailure when it could not go on; the run is then left resumable
   */
  async run(): Promise<MigrationResult> {
    const startedAt = performance.now()
    this.#reporter.enter('preparing', { processed: 0, total: 0 })
    const run = await new RunOpener(this.#database, this.#config, this.#planner).open()
    const phase = run === null ? 'nothing-to-do' : await this.#workOn(run)
    const end: SessionEnd = { phase, startedAt, checks: this.#checks }
    const now = run === null ? await this.#database.run(null) : await this.#current(run.id)
    return migrationResult(this.#database, this.#reporter, now, end)
  }

  async #workOn(run: Run): Promise<'complete' | 'paused' | 'left' | 'failed'> {
    const { worker, unfinished } = this.#config
    const reports = new WorkerReports(this.#database, run, worker, () => this.#reporter.progress.retries)
    this.#reports = reports
    reports.now()
    try {
      return await this.#migrate(run)
    } catch (error) {
      if (!(error instanceof MigrationFailure) || error.code !== 'stopped') {
        await this.#ending.record(run, error)
        throw error
      }
      const phase = unfinished === 'join' ? 'left' : await this.#ending.pause(run)
      const { songs } = await this.#current(run.id)
      const counts = { processed: songs, total: Math.max(run.totalSongs, songs) }
      this.#reporter.enter(phase === 'left' ? 'paused' : phase, counts)
      return phase
    } finally {
      await reports.leave()
    }
  }

  async #migrate(begun: Run): Promise<'complete' | 'failed'> {
    const migrated = await this.#migrateSongs(begun)
    this.#reporter.enter('validating', { processed: 0, total: migrated.songs })
    const ended = await this.#leaveToOthers(migrated)
    if (ended !== 'abandoned') return ended
    const report = this.#config.validateChecksum ? await this.#validator().validate(migrated) : null
    this.#checks = report?.checks ?? []
    if (report !== null && !report.valid) {
      await this.#ending.fail(migrated, 'validation', 'Validation found differences.')
      return 'failed'
    }
    const { worker } = this.#config
    await moveRun(this.#database, migrated, { to: 'complete', worker, certificate: report?.certificate })
    this.#reporter.enter('complete', { processed: migrated.songs, total: migrated.songs })
    return 'complete'
  }

  /** Of several workers, the one that found nothing left validates. @returns `abandoned` when that is this one, now */
  async #leaveToOthers(run: Run): Promise<'complete' | 'failed' | 'abandoned'> {
    if (run.status === 'complete') return 'complete'
    if (run.worker === this.#config.worker) return 'abandoned'
    return awaitValidation(this.#database, run, (other) => {
      this.#reporter.wait(`${other} validates`)
      this.#reports?.now(`${other} validates`)
    })
  }

  /** Until no song is left to any worker. @returns the run in its next state */
  async #migrateSongs(begun: Run): Promise<Run> {
    if (begun.status === 'validating') return begun
    const tally = new RunTally(this.#database, this.#reporter, begun)
    const migrator = this.#migrator(tally)
    let run = begun
    try {
      if (begun.status === 'preparing') run = await migrator.prepare(begun)
      this.#reporter.enter('migrating', { processed: run.songs, total: Math.max(run.totalSongs, run.songs) })
      await migrator.migrate(run)
      run = await moveRunOn(this.#database, run, { to: 'validating', worker: this.#config.worker })
    } catch (error) {
      if (!isDoneByOthers(error, begun)) throw error
      run = await this.#current(begun.id)
    } finally {
      await tally.rest()
    }
    this.#reporter.count(run.songs, run.batches - begun.batches)
    return run
  }

  #migrator(tally: RunTally): ThemeMigrator {
    return new ThemeMigrator(this.#database, {
      worker: this.#config.worker,
      sizer: this.#sizer,
      edits: this.#edits,
      workers: this.#config.workers,
      errorLimits: this.#config.errorLimits,
      signal: this.#config.signal,
      onBatch: (batch) => {
        this.#reporter.batch(batch.songs, this.#sizer.size)
        this.#reports?.now(this.#sizer.yieldsToWriters ? 'writers: batches end early' : undefined)
        tally.keep()
      },
      onQuarantine: (error) => this.#reporter.error(error),
    })
  }

  #retry(failure: MigrationFailure): void {
    this.#reporter.retry()
    const reason = failure.code === 'songs-held' ? failure.message : `another try: ${failure.message}`
    this.#reporter.wait(reason)
    this.#reports?.now(reason)
  }

  #validator(): DataValidator {
    const { workers, signal } = this.#config
    const onSongs = (done: number) => {
      stopIfAsked(signal)
      this.#reporter.advance(done)
      this.#reports?.now()
      // Beside the lanes it would take one more connection, and the next stretch there three times as long.
      return this.#reports?.told()
    }
    // Two lanes of two processors leave none to people, and are not twice as fast.
    const lanes = leavesRoom({ sizer: this.#sizer, edits: this.#edits }) ? 1 : workers
    return new DataValidator(this.#database, lanes, onSongs)
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
