import type { AlertNotice } from './alertNotice.ts'
import type { AlertRule } from './alertRules.ts'

/** What a signal was over a rule's window. */
export interface Reading {
  /** In the rule's unit; null when there was nothing to measure. */
  value: number | null
  samples: number
}

/** What is remembered of a rule between two looks. Times are ms since the epoch. */
interface AlertState {
  isRaised: boolean
  /** Since when it is raised; when it is over, since when it is not. */
  since: number
  /** When the signal last said something. */
  readAt: number
  /** The worst that it was while it was raised. */
  worst: number
}

/** By the rule's id. A rule that was never raised has none. */
export type AlertStates = Readonly<Record<string, AlertState>>

export interface Evaluation {
  states: AlertStates
  notices: AlertNotice[]
}

/** A raised alert whose signal falls silent is over after so many of its windows. */
const SILENT_WINDOWS = 3

/**
 * Looks at every rule once. Pure: what it must remember it is given and gives back, so that it runs in a browser for one
 * session and on a server for everybody.
 * @param readingOf undefined where a signal cannot be read; its rule is then left as it is
 */
export function evaluateAlerts(
  rules: readonly AlertRule[],
  readingOf: (rule: AlertRule) => Reading | undefined,
  states: AlertStates,
  now: number,
): Evaluation {
  const next: Record<string, AlertState> = { ...states }
  const notices: AlertNotice[] = []
  for (const rule of rules) {
    const reading = readingOf(rule)
    if (reading === undefined) continue
    const before = states[rule.id]
    const after = stateAfter(rule, reading, before, now)
    if (after === undefined) continue
    next[rule.id] = after
    if (after.isRaised === (before?.isRaised ?? false)) continue
    notices.push(noticeOf(rule, reading, before, after))
  }
  return { states: next, notices }
}

function stateAfter(
  rule: AlertRule,
  reading: Reading,
  before: AlertState | undefined,
  now: number,
): AlertState | undefined {
  const value = reading.samples < rule.minSamples ? null : reading.value
  if (!before?.isRaised) {
    if (value === null || !isBeyond(rule, value, rule.threshold) || isCooling(rule, before, now))
      return before
    return { isRaised: true, since: now, readAt: now, worst: value }
  }
  if (value === null) {
    const isSilent = now - before.readAt >= SILENT_WINDOWS * rule.windowSeconds * 1000
    return isSilent ? { ...before, isRaised: false, since: now } : before
  }
  if (!isBeyond(rule, value, rule.clearAt)) return { ...before, isRaised: false, since: now, readAt: now }
  const worst = isBeyond(rule, value, before.worst) ? value : before.worst
  return { ...before, readAt: now, worst }
}

function noticeOf(
  rule: AlertRule,
  { value, samples }: Reading,
  before: AlertState | undefined,
  after: AlertState,
): AlertNotice {
  const said = samples < rule.minSamples ? null : value
  const begun = after.isRaised ? after.since : (before?.since ?? after.since)
  return {
    rule: rule.id,
    kind: after.isRaised ? 'raised' : 'resolved',
    at: after.since,
    since: begun,
    value: said,
    worst: after.worst,
    samples,
  }
}

function isBeyond({ comparison }: AlertRule, value: number, limit: number): boolean {
  return comparison === 'above' ? value > limit : value < limit
}

function isCooling({ coolDownSeconds }: AlertRule, before: AlertState | undefined, now: number): boolean {
  return before !== undefined && now - before.since < coolDownSeconds * 1000
}
