import type { SketchCells } from './sketchCells.ts'

/** How often something was done, how often in vain, and how long it took, since it was last sent. */
export interface TimingEntry {
  metric: TimingMetric
  /** Which kind of it, where there are several: a tier, a sort of mutation. */
  label?: string
  count: number
  errors?: number
  /** Milliseconds; of web.cls, a score. What was not timed is only counted. */
  cells?: SketchCells
}

/** Entries of one tag's use. */
export interface UseEntry {
  metric: 'tags.use'
  label: TagUse
  /** The tag's id. */
  tag: string
  count: number
}

/** A text that was searched for. It is kept once several people have searched for it. */
export interface SearchEntry {
  metric: 'songs.search.text'
  text: string
  /** Whether any song was found. */
  found: boolean
  count: number
}

/** What a browser sends; the database knows the same names (tag_monitoring.metric). */
export type MetricEntry = TimingEntry | UseEntry | SearchEntry

export type TagUse = 'added' | 'removed' | 'filtered'

/**
 * The names of what is timed. `tags.cache.read` is labelled with the tier that answered, `none` when none did;
 * `tags.cache.failure` with the kind of failure and is only counted; `songs.search` with who answered: the server, a storage
 * of the browser, or the page's own memory.
 */
export type TimingMetric =
  | 'tags.autocomplete'
  | 'tags.cache.read'
  | 'tags.cache.failure'
  | 'tags.catalog.load'
  | 'songs.search'
  | 'mutation'
  | 'web.lcp'
  | 'web.inp'
  | 'web.cls'
  | 'web.fcp'
  | 'web.ttfb'
