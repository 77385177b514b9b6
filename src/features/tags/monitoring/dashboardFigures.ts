import type { MetricsDashboard } from './dashboardSchema.ts'
import type { Figures } from './toCsv.ts'

/** One moment of a chart: what each line is at it, or null for nothing. */
export interface ChartPoint {
  /** Begin of the step; ms since the epoch. */
  at: number
  values: Readonly<Record<string, number | null>>
}

type Percentile = 'p50' | 'p95' | 'p99'

/** What of it fails is the songbook's failure. */
const ASKED = ['songs.search', 'tags.catalog.load', 'mutation']

/** Answers of one kind over time. */
export function percentilesOf(dashboard: MetricsDashboard, metric: string): ChartPoint[] {
  const names: readonly Percentile[] = ['p50', 'p95', 'p99']
  return stepsOf(dashboard).map((at) => {
    const step = dashboard.series.find((one) => one.metric === metric && Date.parse(one.at) === at)
    return { at, values: Object.fromEntries(names.map((name) => [name, step?.[name] ?? null])) }
  })
}

/** Share of reads that each tier answered, and all of them together. */
export function hitRatiosOf(dashboard: MetricsDashboard): ChartPoint[] {
  return stepsOf(dashboard).map((at) => {
    const reads = dashboard.cacheReads.filter((one) => Date.parse(one.at) === at)
    const whole = sum(reads.map((one) => one.reads))
    const shareOf = (tier: string) =>
      share(sum(reads.filter((one) => one.tier === tier).map((one) => one.reads)), whole)
    const missed = shareOf('none')
    return {
      at,
      values: {
        all: missed === null ? null : 1 - missed,
        memory: shareOf('memory'),
        session: shareOf('session'),
        indexeddb: shareOf('indexeddb'),
      },
    }
  })
}

/** Share of what was asked of a server that failed; 0 to 1. */
export function errorSharesOf(dashboard: MetricsDashboard): ChartPoint[] {
  return stepsOf(dashboard).map((at) => {
    const asked = dashboard.series.filter(
      ({ metric, at: begin }) => ASKED.includes(metric) && Date.parse(begin) === at,
    )
    return {
      at,
      values: { errors: share(sum(asked.map((one) => one.errors)), sum(asked.map((one) => one.count))) },
    }
  })
}

/** How often tags were given, taken away and searched by. */
export function tagUsesOf(dashboard: MetricsDashboard): ChartPoint[] {
  const used = Map.groupBy(dashboard.tags.usage, ({ at }) => Date.parse(at))
  // Uses are counted by the hour: shorter steps would show gaps that are none.
  return [...used]
    .toSorted(([a], [b]) => a - b)
    .map(([at, ofHour]) => {
      const usesOf = (label: string) =>
        sum(ofHour.filter((one) => one.label === label).map(({ uses }) => uses))
      return {
        at,
        values: { added: usesOf('added'), filtered: usesOf('filtered'), removed: usesOf('removed') },
      }
    })
}

/** The whole time in four numbers; null where nothing was measured. */
export function headlinesOf({ totals, cacheReads }: MetricsDashboard) {
  const totalOf = (metric: string) => totals.find((one) => one.metric === metric)
  const asked = totals.filter(({ metric }) => ASKED.includes(metric))
  const missed = sum(cacheReads.filter(({ tier }) => tier === 'none').map(({ reads }) => reads))
  const reads = sum(cacheReads.map((one) => one.reads))
  return {
    autocompleteP95: totalOf('tags.autocomplete')?.p95 ?? null,
    searchP95: totalOf('songs.search')?.p95 ?? null,
    hitRatio: share(reads - missed, reads),
    errorShare: share(sum(asked.map((one) => one.errors)), sum(asked.map((one) => one.count))),
  }
}

/** @param names of the lines, as people read them @param digits after the point */
export function figuresOf(
  points: readonly ChartPoint[],
  names: Readonly<Record<string, string>>,
  digits = 1,
): Figures {
  return {
    columns: ['Time', ...Object.values(names)],
    rows: points.map(({ at, values }) => [
      new Date(at).toISOString(),
      ...Object.keys(names).map((key) => {
        const value = values[key] ?? null
        return value === null ? null : Number(value.toFixed(digits))
      }),
    ]),
  }
}

function stepsOf({ from, to, stepSeconds }: Pick<MetricsDashboard, 'from' | 'to' | 'stepSeconds'>): number[] {
  const begin = Date.parse(from)
  const count = Math.round((Date.parse(to) - begin) / (stepSeconds * 1000))
  return Array.from({ length: count }, (_, step) => begin + step * stepSeconds * 1000)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}
