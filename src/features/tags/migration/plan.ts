import { foldName } from '../../../lib/folding.ts'
import { sha256Hex } from './sha256.ts'
import type { MigrationPlan, PlanEntry } from './types.ts'

/** The tags an entry yields once the plan is applied; none for blank and too long ones. */
export function appliedTags(entry: PlanEntry): string[] {
  if (entry.accept && entry.proposal !== null) return entry.proposal
  return entry.tag === null ? [] : [entry.tag]
}

/** Whether a person should look at it: a proposal that nobody accepted yet. */
export function needsReview(entry: PlanEntry): boolean {
  return entry.proposal !== null && !entry.accept
}

/** Distinct tags of a plan by folded name, each with a spelling. */
export function plannedTags(entries: Iterable<PlanEntry>): Map<string, string> {
  const tags = new Map<string, string>()
  for (const entry of entries) {
    for (const name of appliedTags(entry)) {
      const folded = foldName(name)
      if (!tags.has(folded)) tags.set(folded, name)
    }
  }
  return tags
}

/** Content hash of a plan: what decides its outcome, in code-unit order of the raw themes; counts and reasons do not. */
export function planHash(plan: MigrationPlan): Promise<string> {
  const lines = plan.entries
    .toSorted(byRawTheme)
    .map((entry) =>
      JSON.stringify([
        entry.rawTheme,
        entry.disposition,
        entry.category,
        appliedTags(entry),
        needsReview(entry),
      ]),
    )
  return sha256Hex(lines.join('\n'))
}

/** Hash of the distinct raw themes that a plan was made from. */
export function sourceHash(rawThemes: Iterable<string>): Promise<string> {
  return sha256Hex(
    [...rawThemes]
      .sort()
      .map((raw) => JSON.stringify(raw))
      .join('\n'),
  )
}

export function byRawTheme(a: PlanEntry, b: PlanEntry): number {
  if (a.rawTheme === b.rawTheme) return 0
  return a.rawTheme < b.rawTheme ? -1 : 1
}
