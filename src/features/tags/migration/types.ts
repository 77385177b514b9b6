import type { NormalizedTheme } from '../../songs/validation/utils/themeNormalization.ts'
import type { RollbackLimit } from './rollbackForm.ts'
import type { Survey } from './survey.ts'

/** What a person chooses before a run. Durations are milliseconds, sizes are songs. */
export interface MigrationConfig {
  /** Songs in the first batch, 1 to 10,000; later batches adapt to the profile's target duration. */
  batchSize: number
  /** Tries of one call or batch after the first, for errors that may pass. */
  maxRetries: number
  /** Base of the exponential backoff. */
  retryDelayMs: number
  /** Whether the run ends with a validation and a certificate. */
  validateChecksum: boolean
  dryRun: boolean
  /** How long a batch may take: polite leaves room for writers, quiet is for a maintenance hour, auto is polite once a writer waits. */
  profile: Profile
  fuzzy: FuzzyMode
  /** What to do about a run that did not end: take it up unless somebody works on it, insist, work on it together, or start afresh. */
  unfinished: 'resume-if-idle' | 'resume' | 'join' | 'restart'
  /** Rolls the run back when it fails; see `ErrorLimits` for what counts as failing. */
  rollbackOnFailure: boolean
  /** Batches, and chunks of the validation, under way at once. */
  workers: number
  errorLimits: ErrorLimits
  /** Shown to people beside the run. */
  worker: string
  /** A plan read from a file; without one it is made from the database. */
  plan?: MigrationPlan
  /** Ends the run after the batch under way; the run is left paused and resumable. */
  signal?: AbortSignal
  progressCallback?: (progress: MigrationProgress) => void
  /** Told the plan of a new run before anything is written; what it throws ends the run there. */
  onPlan?: (plan: MigrationPlan, survey: Survey) => void | Promise<void>
}

export type Profile = 'auto' | 'polite' | 'quiet'
export type FuzzyMode = 'off' | 'review' | 'apply'

/** A run fails when at least `atLeast` songs are in quarantine and they are more than `share` of those tried. */
export interface ErrorLimits {
  atLeast: number
  share: number
}

export interface MigrationProgress {
  phase: 'preparing' | 'migrating' | 'validating' | 'complete' | 'paused' | 'failed'
  /** Songs done by this run, earlier sessions included; while validating, songs validated. */
  processedCount: number
  totalCount: number
  errors: MigrationError[]
  startTime: Date
  estimatedCompletion?: Date
  /** Songs a second over the last few seconds. */
  rate: number
  batchSize: number
  batches: number
  retries: number
  /** Why it does not go on just now. */
  waitingFor?: string
}

export interface MigrationError {
  /** A song's id, or `system`. */
  songId: string
  error: string
  context: Record<string, unknown>
  /** Whether a later run may succeed with this song. */
  recoverable: boolean
}

/** Where a run stands; committed by the database with each batch, so it can never be ahead of or behind the data. */
export interface MigrationCheckpoint {
  /** The run's id. */
  id: string
  timestamp: Date
  /** A hint where to go on; songs without a state row decide what is left. */
  lastProcessedId: string | null
  processedCount: number
  /** Content hash of the plan that the run is frozen to. */
  checksum: string
}

/** What becomes of one distinct raw theme; a person may edit `tag`, `category`, `proposal` and `accept`. */
export type PlanEntry = NormalizedTheme

export interface MigrationPlan {
  /** SHA-256, hex, of the distinct raw themes that the plan was made from; tells a stale plan from a fresh one. */
  source: string
  entries: PlanEntry[]
}

export interface PlanSummary {
  totalCount: number
  songsWithThemes: number
  themesDistinct: number
  tagsToCreate: number
  tagsToReuse: number
  linksToCreate: number
  needsReview: number
}

export interface MigrationResult {
  runId: string | null
  /** Left: this worker has, and the run goes on with the others. */
  phase: MigrationProgress['phase'] | 'nothing-to-do' | 'rolled-back' | 'left'
  processedCount: number
  totalCount: number
  tagsCreated: number
  tagsReused: number
  linksCreated: number
  errors: MigrationError[]
  batches: number
  retries: number
  durationMs: number
  certificate: string | null
  checks: CheckedValidation[]
}

/** One thing that must hold. `query` names the database function that answers it. */
export interface ValidationCheck {
  name: string
  query: string
  expectedResult: unknown
  /** Whether failing it makes the validation fail; the others inform. */
  critical: boolean
}

export interface CheckedValidation extends ValidationCheck {
  actual: unknown
  ok: boolean
  /** The songs, tags or batches that differ; at most a thousand. */
  differences: unknown[]
}

export interface ValidationReport {
  valid: boolean
  runId: string | null
  certificate: string | null
  checks: CheckedValidation[]
  /** What people changed or wrote since, in sentences without a full stop; nothing of it is wrong. */
  notes: string[]
}

/** What was found of one run, as it stands. */
export interface RunReport extends ValidationReport {
  status: string
  songs: number
}

/** The newest run's report, and all of them; `valid` speaks for all. */
export interface RunsReport extends ValidationReport {
  runs: RunReport[]
}

export interface RollbackPlan {
  /** The run whose journal is played back. */
  backupId: string
  backupTimestamp: Date
  affectedTables: string[]
  /** Milliseconds; from this run's own speed forward. */
  estimatedDuration: number
  validationChecks: ValidationCheck[]
  exact: boolean
  /** What is to stay; null when the whole run goes. */
  to: RollbackLimit | null
  songs: number
  linksToRemove: number
  tagsToRemove: number
  conflicts: RollbackConflict[]
  alreadyRolledBack: boolean
}

/** As Postgres holds a themes array; of more than one dimension only when somebody wrote it so. */
export type NestedThemes = (string | null | NestedThemes)[]

/** Something a person did meanwhile, and what becomes of it. */
export type RollbackConflict =
  | {
      kind: 'themes-overwritten'
      songId: string
      found: NestedThemes | null
      restored: NestedThemes | null
    }
  | { kind: 'link-removed' | 'link-restored'; songId: string; tag: string }
  /** It was there before, and its tag is gone. */
  | { kind: 'link-lost'; songId: string; tagId: string }
  | { kind: 'tag-kept'; tag: string; reason: string }

export interface RollbackResult {
  runId: string
  /** Partly: to an earlier batch, the run being paused then. Incomplete: but for the songs in `errors`. */
  phase: 'rolled-back' | 'partly-rolled-back' | 'incomplete' | 'paused'
  restoredCount: number
  linksRemoved: number
  tagsRemoved: number
  conflicts: RollbackConflict[]
  /** Songs that could not be taken back, at most a thousand; the next rollback tries them again. */
  errors: MigrationError[]
  alreadyRolledBack: boolean
  durationMs: number
}
