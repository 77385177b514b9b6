import { count, countOf, duration } from '../../../../lib/numbers.ts'
import { plannedTags } from '../../migration/plan.ts'
import type { Survey } from '../../migration/survey.ts'
import type { MigrationPlan, MigrationProgress, PlanEntry } from '../../migration/types.ts'
import { flow } from './flow.ts'
import { planFacts, reviewLines } from './planReport.ts'
import { ProgressView } from './progressView.ts'
import type { Screen } from './screen.ts'

/** Proposals shown before a run; the dry run shows more of them. */
const REVIEWED_FIRST = 3

/** Shows a migration as it goes: what stays of each phase is one line. */
export class MigrationView {
  readonly #screen: Screen
  #phase: MigrationProgress['phase'] = 'preparing'
  #progress: ProgressView | undefined
  #isPlanned = false

  constructor(screen: Screen) {
    this.#screen = screen
  }

  plan(plan: MigrationPlan, survey: Survey): void {
    const { style, width } = this.#screen
    this.#isPlanned = true
    const isKnown = ({ disposition }: PlanEntry) => disposition === 'canonical' || disposition === 'variation'
    const known = plannedTags(plan.entries.filter(isKnown)).size
    const counts = { known, made: plannedTags(plan.entries).size - known }
    for (const line of flow('Plan', planFacts(plan, survey, counts, style), width)) this.#screen.line(line)
    for (const line of reviewLines(plan, { style, width, most: REVIEWED_FIRST })) this.#screen.line(line)
    this.#screen.wait('Making tags')
  }

  progress(progress: MigrationProgress): void {
    if (progress.phase !== this.#phase) this.#enter(progress)
    if (progress.waitingFor !== undefined && this.#progress !== undefined) {
      this.#screen.wait(`Waiting: ${this.#screen.style.words(progress.waitingFor, this.#screen.width - 14)}`)
      return
    }
    if (progress.phase === 'preparing') this.#prepare(progress)
    // While validating, the size of a batch says nothing any more.
    else this.#progress?.show(progress.phase === 'validating' ? { ...progress, batchSize: 0 } : progress)
  }

  #prepare({ processedCount }: MigrationProgress): void {
    if (this.#isPlanned) return
    this.#screen.wait('Reading songs', processedCount > 0 ? count(processedCount) : '')
  }

  #enter(progress: MigrationProgress): void {
    const isMigrated = this.#phase === 'migrating' && progress.phase === 'validating'
    if (isMigrated) this.#migrated(progress)
    this.#phase = progress.phase
    this.#progress =
      progress.phase === 'migrating'
        ? new ProgressView(this.#screen, 'Migrate')
        : progress.phase === 'validating'
          ? new ProgressView(this.#screen, 'Validate')
          : undefined
    if (this.#progress === undefined) this.#screen.clear()
  }

  #migrated({ totalCount, batches, retries }: MigrationProgress): void {
    const { style, width } = this.#screen
    const { durationMs, rate } = this.#progress?.end(totalCount) ?? { durationMs: 0, rate: 0 }
    const facts = [
      `${style.paint.green(style.glyph.done)} ${countOf(totalCount, 'song')} in ${duration(durationMs)}`,
      ...(rate > 0 ? [`${count(rate)} songs/s`] : []),
      countOf(batches, 'batch', 'batches'),
      countOf(retries, 'retry', 'retries'),
    ]
    for (const line of flow('Migrate', facts, width)) this.#screen.line(line)
  }
}
