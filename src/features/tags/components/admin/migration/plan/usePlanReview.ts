import { useMemo } from 'react'
import { appliedTags } from '../../../../migration/plan.ts'
import {
  accepted,
  becoming,
  inCategory,
  isOpen,
  kept,
  renaming,
} from '../../../../migration/planDecisions.ts'
import { PlanTally } from '../../../../migration/planTally.ts'
import type { MigrationPlan, PlanEntry } from '../../../../migration/types.ts'
import type { MadePlan } from '../../../../queries/migration/madePlan.ts'
import { decided, decisionOf, usePlanDraft } from '../../../../queries/migration/planDraft.ts'

/** A made plan, what a person decided about it, and what it comes to. */
export function usePlanReview({ plan, known }: MadePlan) {
  const draft = usePlanDraft()
  const { decisions, decide, replace } = draft
  const byTheme = useMemo(() => new Map(plan.entries.map((entry) => [entry.rawTheme, entry])), [plan])
  const tally = useMemo(() => new PlanTally(plan.entries, (folded) => known.has(folded)), [plan, known])
  const asDecided = useMemo(() => {
    const entries = new Map<PlanEntry, PlanEntry>()
    for (const theme of decisions.keys()) {
      const made = byTheme.get(theme)
      if (made !== undefined) entries.set(made, decided(made, decisions))
    }
    return entries
  }, [decisions, byTheme])
  const effect = useMemo(() => tally.effect(asDecided), [asDecided, tally])
  const now = (entry: PlanEntry) => asDecided.get(entry) ?? entry
  /** Decides about those of the entries that change by it. @returns how many */
  const change = (entries: readonly PlanEntry[], how: (entry: PlanEntry) => PlanEntry): number => {
    const changed = entries.flatMap((entry) => {
      const before = now(entry)
      const after = how(before)
      return after === before ? [] : [[entry.rawTheme, decisionOf(after)] as const]
    })
    if (changed.length > 0) decide(new Map(changed))
    return changed.length
  }
  /** Everything that yields one of these tags. @param tags folded */
  const yielding = (tags: ReadonlySet<string>) =>
    plan.entries.filter((entry) => appliedTags(now(entry)).some((tag) => tags.has(tally.fold(tag))))
  /** Spelt as the tag that has the name, where there is one. */
  const spelt = (name: string) => known.get(tally.fold(name)) ?? name

  return {
    ...draft,
    effect,
    now,
    yielding,
    spelt,
    fold: (name: string) => tally.fold(name),
    isKnown: (name: string) => known.has(tally.fold(name)),
    isDecided: (entry: PlanEntry) => decisions.has(entry.rawTheme),
    accept: (entries: readonly PlanEntry[]) => change(entries, accepted),
    keep: (entries: readonly PlanEntry[]) => change(entries, kept),
    become: (entries: readonly PlanEntry[], names: readonly string[]) =>
      change(entries, (entry) => becoming(entry, names.map(spelt))),
    rename: (from: string, to: string) =>
      change(yielding(new Set([tally.fold(from)])), (entry) => renaming(entry, tally.fold(from), spelt(to))),
    /** Of all that becomes the same tags: a tag has one. */
    categorize: (entries: readonly PlanEntry[], category: PlanEntry['category']) => {
      const open = entries.map(now).filter(isOpen)
      const tags = new Set(open.flatMap(appliedTags).map((tag) => tally.fold(tag)))
      return change(yielding(tags), (entry) => inCategory(entry, category))
    },
    /** The plan as it was reviewed: what a file holds, and what a run is started with. */
    reviewed: (): MigrationPlan => ({ ...plan, entries: plan.entries.map(now) }),
    /** Takes over what a file says. @returns in how many entries it differs from the plan as it was made */
    take: ({ entries }: MigrationPlan): number => {
      const different = entries.filter((entry) => {
        const made = byTheme.get(entry.rawTheme)
        return made !== undefined && JSON.stringify(decisionOf(made)) !== JSON.stringify(decisionOf(entry))
      })
      replace(new Map(different.map((entry) => [entry.rawTheme, decisionOf(entry)])))
      return different.length
    },
    /** As it was decided. */
    entryOf: (theme: string) => {
      const entry = byTheme.get(theme)
      return entry && now(entry)
    },
  }
}

export type PlanReviewState = ReturnType<typeof usePlanReview>
