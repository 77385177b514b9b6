import type { MigrationDatabase } from './migrationDatabase.ts'
import type { MigrationReporter } from './migrationReporter.ts'
import { checkPlanFits } from './planFile.ts'
import { makePlan, summarizePlan } from './planner.ts'
import { stopIfAsked } from './stopIfAsked.ts'
import { type Survey, surveySongs } from './survey.ts'
import type { MigrationConfig, MigrationPlan, PlanSummary } from './types.ts'

export interface Preview {
  plan: MigrationPlan
  summary: PlanSummary
  survey: Survey
}

/** Reads the songs and says what becomes of their themes, by the plan that was given or one made now. Writes nothing. */
export class RunPlanner {
  readonly #database: MigrationDatabase
  readonly #config: MigrationConfig
  readonly #reporter: MigrationReporter

  constructor(database: MigrationDatabase, config: MigrationConfig, reporter: MigrationReporter) {
    this.#database = database
    this.#config = config
    this.#reporter = reporter
  }

  /** @param without a run whose songs are read as if it were taken back. @throws MigrationFailure */
  survey(without: string | null = null): Promise<Survey> {
    const onWindow = ({ songs }: Survey) => {
      stopIfAsked(this.#config.signal)
      this.#reporter.advance(songs)
    }
    // Whether people write is not known yet.
    const lanes = this.#config.profile === 'polite' ? 1 : this.#config.workers
    return surveySongs(this.#database, onWindow, without, lanes)
  }

  /** @throws MigrationFailure `bad-plan` or `stale-plan`, when the plan that was given does not fit */
  async plan(survey: Survey): Promise<MigrationPlan> {
    const { plan, fuzzy } = this.#config
    if (plan === undefined) return makePlan(this.#database, survey, fuzzy)
    await checkPlanFits(plan, survey.themes)
    return plan
  }

  async preview(): Promise<Preview> {
    const survey = await this.survey()
    const plan = await this.plan(survey)
    return { plan, survey, summary: await summarizePlan(this.#database, survey, plan) }
  }
}
