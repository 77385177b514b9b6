import * as z from 'zod/mini'
import { openChannel } from '../../../../lib/openChannel.ts'
import { decisionSchema } from './keptDecisions.ts'
import type { Decision, Decisions } from './planDraft.ts'

/** What a tab has decided, by theme; null where it took a decision back. */
export type DecisionChanges = ReadonlyMap<string, Decision | null>

const message = z.array(z.tuple([z.string(), z.nullable(decisionSchema)]))

/** None where storage is blocked, and no decision outlives its tab either. */
let channel: BroadcastChannel | undefined

/** Tells the other tabs, which are the same person's: a session is theirs together. */
export function tellDecisions(changes: DecisionChanges): void {
  if (changes.size > 0) channel?.postMessage([...changes])
}

/** From now on, and for as long as the page is there. */
export function hearDecisions(listener: (changes: DecisionChanges) => void): void {
  channel ??= openChannel('songbook-plan-decisions')
  if (channel === undefined) return
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
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
