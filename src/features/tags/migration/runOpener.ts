import * as z from 'zod/mini'
import { BatchSizer, PACE } from './batchSizer.ts'
import { busyRun } from './busyRun.ts'
import { type MigrationDatabase, type Run, runSchema } from './migrationDatabase.ts'
import { MigrationFailure } from './migrationFailure.ts'
import { storePlan } from './planner.ts'
import { RollbackManager } from './rollbackManager.ts'
import type { RunPlanner } from './runPlanner.ts'
import { stopIfAsked } from './stopIfAsked.ts'
import type { MigrationConfig, MigrationPlan } from './types.ts'
import { unfinishedRun } from './unfinishedRun.ts'

/** Somebody works on a run whose last sign of life is younger than this, seconds. */
const IDLE_AFTER_SECONDS = 15

const startSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('started'), run: runSchema }),
  z.object({ outcome: z.literal('busy'), run: runSchema }),
  z.object({ outcome: z.literal('incomplete-plan'), themes: z.number() }),
])
const resumeSchema = z.object({ outcome: z.enum(['resumed', 'refused']), run: runSchema })

/** Finds the run to work on: the one that did not end, or a new one. */
export class RunOpener {
  readonly #database: MigrationDatabase
  readonly #config: MigrationConfig
  readonly #planner: RunPlanner

  constructor(database: MigrationDatabase, config: MigrationConfig, planner: RunPlanner) {
    this.#database = database
    this.#config = config
    this.#planner = planner
  }

  /** @returns null when every song is migrated. @throws MigrationFailure */
  async open(): Promise<Run | null> {
    const unfinished = unfinishedRun(await this.#database.run(null))
    const { unfinished: wish } = this.#config
    if (unfinished === null) {
      if (wish === 'resume' || wish === 'join') throw nothingTo(wish)
      return this.begin()
    }
    if (unfinished.status === 'rolling_back') {
      throw busyRun(unfinished, `Run ${unfinished.id} is being rolled back.`)
    }
    if (wish === 'join') return joinable(unfinished)
    if (wish === 'resume-if-idle' && isAtWork(unfinished)) {
      const { id, worker, songs, totalSongs } = unfinished
      throw busyRun(unfinished, `Run ${id} is at work: ${worker}, ${songs} of ${totalSongs} songs.`)
    }
    if (wish !== 'restart') return this.#takeUp(unfinished)
    await this.#takeBack(unfinished)
    return this.begin()
  }

  async #takeUp(run: Run): Promise<Run> {
    const answer = await this.#database.call(
      'tag_migration_resume',
      { p_run: run.id, p_worker: this.#config.worker },
      resumeSchema,
    )
    if (answer.outcome === 'refused') throw busyRun(answer.run)
    return answer.run
  }

  async #takeBack(run: Run): Promise<void> {
    const { worker, batchSize, profile, signal, plan } = this.#config
    // A plan that will be refused must be so while the run can still go on.
    if (plan !== undefined) await this.#planner.plan(await this.#planner.survey(run.id))
    await new RollbackManager(this.#database).rollback(run.id, false, {
      worker,
      sizer: new BatchSizer(batchSize, PACE[profile].stepMs),
      ...(signal ? { signal } : {}),
    })
  }

  /** Surveys, plans and starts a run; null when every song is migrated. @throws MigrationFailure */
  async begin(): Promise<Run | null> {
    const survey = await this.#planner.survey()
    if (survey.songs === 0) return null
    const plan = await this.#planner.plan(survey)
    await this.#config.onPlan?.(plan, survey)
    stopIfAsked(this.#config.signal)
    return this.#start(plan, survey.songs)
  }

  async #start(plan: MigrationPlan, songs: number): Promise<Run> {
    const { profile, fuzzy, worker } = this.#config
    const answer = await this.#database.call(
      'tag_migration_start',
      {
        p_plan_hash: await storePlan(this.#database, plan),
        p_plan_themes: plan.entries.length,
        p_total_songs: songs,
        // By the key a second try knows the run that the first one started, when its answer was lost.
        p_options: { profile, fuzzy, startKey: crypto.randomUUID() },
        p_worker: worker,
      },
      startSchema,
    )
    if (answer.outcome === 'started') return answer.run
    if (answer.outcome === 'busy') {
      const { id, status, worker: other } = answer.run
      const what = status === 'rolling_back' ? 'is being rolled back' : 'was started meanwhile'
      throw busyRun(answer.run, `Run ${id} ${what} by ${other}.`)
    }
    throw planIncomplete(answer.themes, plan.entries.length)
  }
}

function isAtWork({ status, idleSeconds }: Run): boolean {
  return status !== 'paused' && status !== 'failed' && idleSeconds < IDLE_AFTER_SECONDS
}

/** @throws MigrationFailure when nobody works on it */
function joinable(run: Run): Run {
  if (run.status !== 'paused' && run.status !== 'failed') return run
  throw new MigrationFailure('nothing-to-resume', `Run ${run.id} is ${run.status}: nobody works on it.`, {
    advice: 'Go on with: npm run migrate -- --resume',
  })
}

function nothingTo(wish: 'resume' | 'join'): MigrationFailure {
  return new MigrationFailure('nothing-to-resume', `There is no run to ${wish}.`, {
    advice: 'Start one with: npm run migrate',
  })
}

function planIncomplete(arrived: number, sent: number): MigrationFailure {
  return new MigrationFailure('database', `Only ${arrived} of ${sent} plan entries arrived.`, {
    advice: 'Run the command again.',
  })
}
