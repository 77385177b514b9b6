import * as z from 'zod/mini'
import { decisionSchema } from './keptDecisions.ts'
import type { Decision, Decisions } from './planDraft.ts'

/** What a tab has decided, by theme; null where it took a decision back. */
export type DecisionChanges = ReadonlyMap<string, Decision | null>

const message = z.array(z.tuple([z.string(), z.nullable(decisionSchema)]))

let channel: BroadcastChannel | undefined

function openChannel(): BroadcastChannel | undefined {
  if (typeof BroadcastChannel === 'undefined') return undefined
  try {
    channel ??= new BroadcastChannel('songbook-plan-decisions')
  } catch {
    // Refused where storage is, where no decision outlives its tab either.
  }
  return channel
}

/** Tells the other tabs, which are the same person's: a session is theirs together. */
export function tellDecisions(changes: DecisionChanges): void {
  if (changes.size > 0) openChannel()?.postMessage([...changes])
}

/** From now on, and for as long as the page is there. */
export function hearDecisions(listener: (changes: DecisionChanges) => void): void {
  const opened = openChannel()
  if (opened === undefined) return
  opened.onmessage = ({ data }: MessageEvent<unknown>) => {
    const heard = message.safeParse(data)
    // A tab of another version of the app may say what this one does not understand.
    if (heard.success) listener(new Map(heard.data))
  }
}

/** What leads from one to the other. What was not decided anew is the same object in both. */
export function changesBetween(before: Decisions, after: Decisions): DecisionChanges {
  const changes = new Map<string, Decision | null>()
  for (const [theme, decision] of after) if (before.get(theme) !== decision) changes.set(theme, decision)
  for (const theme of before.keys()) if (!after.has(theme)) changes.set(theme, null)
  return changes
}

/** What was decided, with what another tab has changed since. */
export function withChanges(decisions: Decisions, changes: DecisionChanges): Decisions {
  const next = new Map(decisions)
  for (const [theme, decision] of changes) {
    if (decision === null) next.delete(theme)
    else next.set(theme, decision)
  }
  return next
}
