import { type BenchmarkResult, type Figure, result } from '../benchmark/result.ts'
import { percentile } from '../benchmark/statistics.ts'
import type { Migration } from './migrateMeanwhile.ts'
import type { LoadReport } from './runLoad.ts'
import type { Action } from './timings.ts'
import type { TabReport } from './workInTab.ts'

/** ms */
const AUTOCOMPLETE = 100
const SEARCH = 500
/** Of reads that the cache could not answer. */
const MISSED = 0.2
/** Times what it was: what a garbage collector leaves for later is no leak. */
const SERVER_GROWTH = 1.15
const TAB_GROWTH = 1.1

/** The promises, and what else is worth knowing; those that nothing was measured for are left out. */
export function loadFigures(
  { timings, reads, edits, lost, serverMemory }: LoadReport,
  { tab, migration }: { tab?: TabReport | undefined; migration?: Migration | null } = {},
): BenchmarkResult[] {
  const at = (name: string, action: Action, share: number, target?: number, during?: Migration): Figure[] => {
    const samples = timings.of(action, during?.from, during?.until)
    return samples.length === 0
      ? []
      : [{ name, value: percentile(samples, share), unit: 'ms', target: target ?? null }]
  }
  const figures: Figure[] = [
    ...at('load.autocomplete.p95', 'autocomplete', 0.95, AUTOCOMPLETE),
    ...(tab && tab.keys.length > 0
      ? [
          {
            name: 'load.tab.painted.p95',
            value: percentile(tab.keys, 0.95),
            unit: 'ms',
            target: AUTOCOMPLETE,
          },
        ]
      : []),
    ...at('load.search.p95', 'search', 0.95, SEARCH),
    ...at('load.search.p50', 'search', 0.5),
    ...(migration
      ? [
          ...at('load.search.migrating.p95', 'search', 0.95, undefined, migration),
          ...at('load.search.after.p95', 'search', 0.95, SEARCH, {
            from: migration.until,
            until: Number.POSITIVE_INFINITY,
          }),
        ]
      : []),
    ...at('load.read.p95', 'read', 0.95),
    ...at('load.tag.p95', 'tag', 0.95),
    ...at('load.signIn.p95', 'sign-in', 0.95),
    ...missed('load.cache.tags.missed', reads.tags, MISSED),
    ...missed('load.cache.answers.missed', reads.answers),
    { name: 'load.errors', value: timings.errorCount, unit: 'errors', target: 0 },
    { name: 'load.edits', value: edits, unit: 'edits' },
    { name: 'load.edits.lost', value: lost.length, unit: 'edits', target: 0 },
    ...grown('load.server.growth', serverMemory.growth(), SERVER_GROWTH),
    ...megabytes('load.server.memory', serverMemory.last()),
    ...grown('load.tab.growth', tab?.memory.growth(), TAB_GROWTH),
    ...megabytes('load.tab.memory', tab?.memory.last()),
    ...(migration
      ? [{ name: 'load.migration', value: (migration.until - migration.from) / 1000, unit: 's' }]
      : []),
  ]
  return figures.map(result)
}

function missed(
  name: string,
  { answered, missed }: LoadReport['reads']['tags'],
  target: number | null = null,
): Figure[] {
  const all = answered + missed
  return all === 0 ? [] : [{ name, value: missed / all, unit: 'share', target }]
}

function grown(name: string, value: number | null | undefined, target: number): Figure[] {
  return value == null ? [] : [{ name, value, unit: 'times', target }]
}

function megabytes(name: string, bytes: number | null | undefined): Figure[] {
  return bytes == null ? [] : [{ name, value: bytes / 1e6, unit: 'MB' }]
}
