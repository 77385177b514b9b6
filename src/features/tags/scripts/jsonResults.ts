import type { DriftPass } from '../migration/driftWatch.ts'
import type { ListedRun } from '../migration/listRuns.ts'
import { appliedTags } from '../migration/plan.ts'
import type {
  CheckedValidation,
  MigrationPlan,
  MigrationResult,
  PlanSummary,
  RollbackPlan,
  RollbackResult,
  RunsReport,
  ValidationReport,
} from '../migration/types.ts'

/** The objects that `--json` prints. Scripts rely on their keys: add some, rename none. */

export function migrationJson(result: MigrationResult) {
  const { runId, phase, processedCount, totalCount, tagsCreated, tagsReused, linksCreated } = result
  const { errors, batches, retries, durationMs, certificate, checks } = result
  return {
    runId,
    phase,
    processedCount,
    totalCount,
    tagsCreated,
    tagsReused,
    linksCreated,
    errors,
    batches,
    retries,
    durationMs: Math.round(durationMs),
    certificate,
    checks: checks.map(checkJson),
  }
}

export function dryRunJson(plan: MigrationPlan, summary: PlanSummary) {
  return {
    phase: 'dry-run',
    totalCount: summary.totalCount,
    themesDistinct: summary.themesDistinct,
    tagsToCreate: summary.tagsToCreate,
    tagsToReuse: summary.tagsToReuse,
    linksToCreate: summary.linksToCreate,
    needsReview: summary.needsReview,
    plan: plan.entries.map((entry) => ({
      rawTheme: entry.rawTheme,
      disposition: entry.disposition,
      tag: appliedTags(entry)[0] ?? null,
      category: entry.category,
      reason: entry.reason,
      confidence: entry.confidence,
      songs: entry.songs,
      proposal: entry.proposal,
      accept: entry.accept,
    })),
  }
}

/** One pass of a watch. */
export function driftJson({ check, drifted, mended, open }: DriftPass) {
  const { at, round, isRoundComplete, isUnderWay, songs, unsynced, differing, tags, tagsDiffering } = check
  const looked = { at: at.toISOString(), round, isRoundComplete, isUnderWay, isClean: check.isClean }
  return { ...looked, songs, unsynced, differing, tags, tagsDiffering, drifted, mended, open }
}

/** Beside the newest run's keys, those of every run that was validated. */
export function validationJson({ runs, ...newest }: RunsReport) {
  return {
    ...reportJson(newest),
    errors: [],
    runs: runs.map(({ status, songs, ...report }) => ({ ...reportJson(report), status, songs })),
  }
}

export function runsJson(runs: readonly ListedRun[]) {
  return {
    runs: runs.map((run) => ({
      runId: run.id,
      status: run.status,
      songs: run.songs,
      totalSongs: run.totalSongs,
      certificate: run.certificate,
      startedAt: run.startedAt.toISOString(),
      finishedAt: run.finishedAt?.toISOString() ?? null,
      startedBy: run.startedBy,
      worker: run.worker,
    })),
  }
}

export function rollbackJson(result: RollbackResult) {
  const { runId, phase, restoredCount, linksRemoved, tagsRemoved, conflicts, errors, alreadyRolledBack } =
    result
  return {
    runId,
    phase,
    restoredCount,
    linksRemoved,
    tagsRemoved,
    conflicts,
    errors,
    alreadyRolledBack,
    durationMs: Math.round(result.durationMs),
  }
}

export function rollbackPlanJson(plan: RollbackPlan) {
  const { backupId, exact, to, songs, linksToRemove, tagsToRemove, conflicts, alreadyRolledBack } = plan
  return {
    runId: backupId,
    phase: 'dry-run',
    exact,
    to: to === null ? null : 'batch' in to ? to.batch : to.time,
    songs,
    linksToRemove,
    tagsToRemove,
    conflicts,
    alreadyRolledBack,
    estimatedDurationMs: Math.round(plan.estimatedDuration),
  }
}

function reportJson({ valid, runId, certificate, checks, notes }: ValidationReport) {
  const withDifferences = checks.map((check) => ({ ...checkJson(check), differences: check.differences }))
  return { valid, runId, certificate, checks: withDifferences, notes }
}

function checkJson({ name, critical, expectedResult, actual, ok }: CheckedValidation) {
  return { name, critical, expected: expectedResult, actual, ok }
}
