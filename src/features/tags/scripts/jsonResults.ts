import { appliedTags } from '../migration/plan.ts'
import type {
  CheckedValidation,
  MigrationPlan,
  MigrationResult,
  PlanSummary,
  RollbackPlan,
  RollbackResult,
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

export function validationJson({ valid, runId, certificate, checks }: ValidationReport) {
  const withDifferences = checks.map((check) => ({ ...checkJson(check), differences: check.differences }))
  return { valid, runId, certificate, checks: withDifferences, errors: [] }
}

export function rollbackJson(result: RollbackResult) {
  const { runId, phase, restoredCount, linksRemoved, tagsRemoved, conflicts, alreadyRolledBack } = result
  return {
    runId,
    phase,
    restoredCount,
    linksRemoved,
    tagsRemoved,
    conflicts,
    alreadyRolledBack,
    durationMs: Math.round(result.durationMs),
  }
}

export function rollbackPlanJson(plan: RollbackPlan) {
  const { backupId, exact, songs, linksToRemove, conflicts, alreadyRolledBack, estimatedDuration } = plan
  return {
    runId: backupId,
    phase: 'dry-run',
    exact,
    songs,
    linksToRemove,
    conflicts,
    alreadyRolledBack,
    estimatedDurationMs: Math.round(estimatedDuration),
  }
}

function checkJson({ name, critical, expectedResult, actual, ok }: CheckedValidation) {
  return { name, critical, expected: expectedResult, actual, ok }
}
