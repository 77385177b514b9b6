/** What can be read at any time, of one session or of everybody. */
type Signal =
  | 'autocomplete.p95'
  | 'search.p95'
  | 'cache.hitRatio'
  | 'error.share'
  | 'cache.quotaFailures'
  | 'migration.idleSeconds'
  | 'migration.failing'
  | 'drift.found'

export interface AlertRule {
  /** Never changes: states, notices and Sentry's groups go by it. */
  id: string
  signal: Signal
  comparison: 'above' | 'below'
  /** Beyond this it is raised. */
  threshold: number
  /** Back at this or better it is over. Between the two nothing changes, so that what wavers is told once. */
  clearAt: number
  unit: 'ms' | 's' | 'share' | 'times'
  /** Over how much of the past the signal is read. */
  windowSeconds: number
  /** With fewer measurements than this the signal says nothing. */
  minSamples: number
  /** Once it is over, it is not raised again for so long. */
  coolDownSeconds: number
  severity: 'warning' | 'critical'
  /** What is wrong, as a sentence without its end. */
  title: string
  /** What to do first. */
  advice: string
}

const MINUTE = 60

/** Every alert there is. Where a section of docs/monitoring.md helps, it has the rule's id as its name. */
export const alertRules: readonly AlertRule[] = [
  {
    id: 'autocomplete-slow',
    signal: 'autocomplete.p95',
    comparison: 'above',
    threshold: 100,
    clearAt: 90,
    unit: 'ms',
    windowSeconds: 5 * MINUTE,
    minSamples: 50,
    coolDownSeconds: 15 * MINUTE,
    severity: 'warning',
    title: 'Suggestions come late',
    advice: 'Look whether the vocabulary has grown past what browsers hold: then the server suggests.',
  },
  {
    id: 'search-slow',
    signal: 'search.p95',
    comparison: 'above',
    threshold: 500,
    clearAt: 450,
    unit: 'ms',
    windowSeconds: 5 * MINUTE,
    minSamples: 20,
    coolDownSeconds: 15 * MINUTE,
    severity: 'warning',
    title: 'Searches are slow',
    advice: 'Look for a migration that is not polite, and for slow queries in the database.',
  },
  {
    id: 'cache-cold',
    signal: 'cache.hitRatio',
    comparison: 'below',
    threshold: 0.8,
    clearAt: 0.85,
    unit: 'share',
    windowSeconds: 15 * MINUTE,
    minSamples: 100,
    coolDownSeconds: 30 * MINUTE,
    severity: 'warning',
    title: 'The cache seldom answers',
    advice: 'Look which tier has stopped to answer, and whether a release changed the keys.',
  },
  {
    id: 'errors',
    signal: 'error.share',
    comparison: 'above',
    threshold: 0.02,
    clearAt: 0.01,
    unit: 'share',
    windowSeconds: 5 * MINUTE,
    minSamples: 50,
    coolDownSeconds: 15 * MINUTE,
    severity: 'critical',
    title: 'Calls fail',
    advice: 'Look at the newest errors in Sentry, and whether the database answers.',
  },
  {
    id: 'cache-quota',
    signal: 'cache.quotaFailures',
    comparison: 'above',
    threshold: 20,
    clearAt: 5,
    unit: 'times',
    windowSeconds: 15 * MINUTE,
    minSamples: 1,
    coolDownSeconds: 60 * MINUTE,
    severity: 'warning',
    title: 'Browsers have no room for the cache',
    advice: 'Look how large the catalogue has become; people notice only that pages start more slowly.',
  },
  {
    id: 'migration-stalled',
    signal: 'migration.idleSeconds',
    comparison: 'above',
    threshold: 5 * MINUTE,
    clearAt: MINUTE,
    unit: 's',
    windowSeconds: 5 * MINUTE,
    minSamples: 1,
    coolDownSeconds: 5 * MINUTE,
    severity: 'critical',
    title: 'A migration is under way and nothing works on it',
    advice: 'See npm run migrate -- --status; go on with npm run migrate -- --resume.',
  },
  {
    id: 'migration-failing',
    signal: 'migration.failing',
    comparison: 'above',
    threshold: 0.01,
    clearAt: 0.01,
    unit: 'share',
    windowSeconds: 5 * MINUTE,
    minSamples: 1,
    coolDownSeconds: 5 * MINUTE,
    severity: 'critical',
    title: 'A migration fails',
    advice: 'See npm run migrate -- --status; what is committed stays, and nothing is lost.',
  },
  {
    id: 'drift-found',
    signal: 'drift.found',
    comparison: 'above',
    threshold: 0,
    clearAt: 0,
    unit: 'times',
    windowSeconds: 15 * MINUTE,
    minSamples: 1,
    coolDownSeconds: 15 * MINUTE,
    severity: 'critical',
    title: 'Themes and tags have drifted apart',
    advice: 'See npm run validate: it names every song and tag that differs.',
  },
]
