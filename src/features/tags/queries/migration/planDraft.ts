import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { personalKey } from '../../../../lib/personalKey.ts'
import type { PlanEntry } from '../../migration/types.ts'

/** What a person decided about an entry; everything else about it comes with the plan. */
export type Decision = Pick<PlanEntry, 'tag' | 'category' | 'proposal' | 'accept'>
export type Decisions = ReadonlyMap<string, Decision>

interface Draft {
  decisions: Decisions
  /** Those before each of the last steps, the latest last. */
  before: readonly Decisions[]
}

const STEPS_KEPT = 100
const nothingDecided: Draft = { decisions: new Map(), before: [] }
const draftKey = [...personalKey, 'plan-draft'] as const

/** A person's decisions about the plan, kept while other pages are looked at, and with a way back. */
export function usePlanDraft() {
  const client = useQueryClient()
  const { data = nothingDecided } = useQuery({
    queryKey: draftKey,
    queryFn: () => nothingDecided,
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
    networkMode: 'always',
  })
  const change = useCallback(
    (next: (draft: Draft) => Draft) =>
      client.setQueryData<Draft>(draftKey, (draft) => next(draft ?? nothingDecided)),
    [client],
  )
  const decide = useCallback(
    (decided: Decisions) =>
      change(({ decisions, before }) => ({
        decisions: new Map([...decisions, ...decided]),
        before: [...before.slice(-STEPS_KEPT), decisions],
      })),
    [change],
  )
  const replace = useCallback(
    (decisions: Decisions) =>
      change((draft) => ({ decisions, before: [...draft.before.slice(-STEPS_KEPT), draft.decisions] })),
    [change],
  )
  const undo = useCallback(
    () =>
      change(({ decisions, before }) => ({
        decisions: before.at(-1) ?? decisions,
        before: before.slice(0, -1),
      })),
    [change],
  )
  return { decisions: data.decisions, canUndo: data.before.length > 0, decide, replace, undo }
}

export function decisionOf({ tag, category, proposal, accept }: PlanEntry): Decision {
  return { tag, category, proposal, accept }
}

/** The entry with what was decided about it. */
export function decided(entry: PlanEntry, decisions: Decisions): PlanEntry {
  const decision = decisions.get(entry.rawTheme)
  return decision === undefined ? entry : { ...entry, ...decision }
}
