import { countOf } from '../../../../lib/numbers.ts'
import type { AlertNotice } from '../alertNotice.ts'
import type { AlertRule } from '../alertRules.ts'

/** What people are told of an alert, wherever they read it. */
export interface AlertMessage {
  rule: string
  kind: AlertNotice['kind']
  severity: AlertRule['severity']
  /** What is wrong and how bad, in one line. */
  title: string
  /** Since when, from how many measurements, what to do; a line each. */
  lines: string[]
  /** ISO 8601, as are the others. */
  at: string
  since: string
  value: number | null
  worst: number
  threshold: number
  unit: AlertRule['unit']
  samples: number
  /** Address of the section that helps. */
  runbook: string
}

/** @param runbook address of docs/monitoring.md, where whoever is told can read it */
export function alertMessage(notice: AlertNotice, rule: AlertRule, runbook: string): AlertMessage {
  const { at, since, value, worst, samples } = notice
  const help = `${runbook}#${rule.id}`
  const isRaised = notice.kind === 'raised'
  return {
    rule: rule.id,
    kind: notice.kind,
    severity: rule.severity,
    title: isRaised ? `${rule.title}: ${howBad(rule, value)}` : `Over: ${lowerFirst(rule.title)}`,
    lines: isRaised
      ? [
          `Since ${clock(since)}, from ${countOf(Math.round(samples), 'measurement')}.`,
          rule.advice,
          `Help: ${help}`,
        ]
      : [
          `It lasted ${duration(at - since)}, from ${clock(since)} to ${clock(at)}.`,
          howItEnded(rule, value, worst),
        ],
    at: new Date(at).toISOString(),
    since: new Date(since).toISOString(),
    value,
    worst,
    threshold: rule.threshold,
    unit: rule.unit,
    samples,
    runbook: help,
  }
}

function howBad(rule: AlertRule, value: number | null): string {
  const { comparison, threshold } = rule
  const wanted = `${comparison === 'above' ? 'at most' : 'at least'} ${inUnit(rule, threshold)}`
  return value === null ? `wanted is ${wanted}` : `${inUnit(rule, value)}, wanted is ${wanted}`
}

function howItEnded(rule: AlertRule, value: number | null, worst: number): string {
  const was = `At its worst it was ${inUnit(rule, worst)}`
  return value === null
    ? `${was}; nothing is measured any more.`
    : `${was}; now it is ${inUnit(rule, value)}.`
}

/** “640 ms”, “71%”, “7 min”, “24”. */
export function inUnit({ unit }: Pick<AlertRule, 'unit'>, value: number): string {
  if (unit === 'share') return `${Number((value * 100).toFixed(1))}%`
  if (unit === 's') return duration(value * 1000)
  const rounded = value < 10 ? Number(value.toFixed(1)) : Math.round(value)
  return unit === 'ms' ? `${rounded.toLocaleString('en')} ms` : rounded.toLocaleString('en')
}

function duration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 90) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 90) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`
}

/** In universal time: nobody knows where it is read. */
function clock(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
