import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { personalKey } from '../../../../lib/personalKey.ts'
import type { PlanEntry } from '../../migration/types.ts'
import {
  changesBetween,
  type DecisionChanges,
  hearDecisions,
  tellDecisions,
  withChanges,
} from './decisionsChannel.ts'
import { keepDecisions, readKeptDecisions } from './keptDecisions.ts'

/** What a person decided about an entry; everything else about it comes with the plan. */
export type Decision = Pick<PlanEntry, 'tag' | 'category' | 'proposal' | 'accept'>
export type Decisions = ReadonlyMap<string, Decision>

interface Draft {
  decisions: Decisions
  /** Those before each of the last steps, the latest last. */
  before: readonly Decisions[]
  /** How many there were already when the page was loaded. */
  fromBefore: number
  /** Whether a reload would bring them back. */
  isKept: boolean
}

const STEPS_KEPT = 100
const nothingDecided: Draft = { decisions: new Map(), before: [], fromBefore: 0, isKept: true }
const draftKey = [...personalKey, 'plan-draft'] as const

/** A person's decisions about the plan, kept over other pages and reloads, and with a way back. */
export function usePlanDraft() {
  const client = useQueryClient()
  const { data = nothingDecided, isPending } = useQuery({
    queryKey: draftKey,
    queryFn: async (): Promise<Draft> => {
      hearDecisions((changes) => takeOver(client, changes))
      const decisions = await readKeptDecisions(client)
      return { ...nothingDecided, decisions, fromBefore: decisions.size }
    },
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
    networkMode: 'always',
  })
  const change = useCallback(
    (next: (draft: Draft) => Pick<Draft, 'decisions' | 'before'>) => {
      const before = client.getQueryData<Draft>(draftKey) ?? nothingDecided
      const changed = { ...before, ...next(before), isKept: false }
      client.setQueryData<Draft>(draftKey, changed)
      keep(client, changed.decisions)
      tellDecisions(changesBetween(before.decisions, changed.decisions))
    },
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
  const { decisions, before, fromBefore, isKept } = data
  return {
    isRead: !isPending,
    decisions,
    fromBefore,
    isKept,
    canUndo: before.length > 0,
    decide,
    replace,
    undo,
  }
}

function keep(client: QueryClient, decisions: Decisions): void {
  keepDecisions(client, decisions, () =>
    client.setQueryData<Draft>(draftKey, (draft) =>
      draft?.decisions === decisions ? { ...draft, isKept: true } : draft,
    ),
  )
}

/** What another tab has decided. It is kept by that one; and no way back leads over it. */
function takeOver(client: QueryClient, changes: DecisionChanges): void {
  const taken = client.setQueryData<Draft>(
    draftKey,
    (draft) => draft && { ...draft, decisions: withChanges(draft.decisions, changes), before: [] },
  )
  // What is about to be kept here would be without it.
  if (taken?.isKept === false) keep(client, taken.decisions)
}

export function decisionOf({ tag, category, proposal, accept }: PlanEntry): Decision {
  return { tag, category, proposal, accept }
}

/** The entry with what was decided about it. */
export function decided(entry: PlanEntry, decisions: Decisions): PlanEntry {
  const decision = decisions.get(entry.rawTheme)
  return decision === undefined ? entry : { ...entry, ...decision }
}
