/**
 * Why a tier did not answer. `disabled`: the browser keeps nothing for us. `quota`: no room. `slow`: not within its
 * deadline, or left alone after that. `closed`: the database went away under us. `corrupt`: what is stored is not ours.
 * `clock`: the entry is from the future.
 */
export type FailureKind = 'disabled' | 'quota' | 'slow' | 'closed' | 'corrupt' | 'clock' | 'other'

const KIND_BY_NAME: Readonly<Record<string, FailureKind>> = {
  SecurityError: 'disabled',
  NotAllowedError: 'disabled',
  ReferenceError: 'disabled',
  QuotaExceededError: 'quota',
  TimeoutError: 'slow',
  InvalidStateError: 'closed',
  AbortError: 'closed',
  TransactionInactiveError: 'closed',
  NotFoundError: 'corrupt',
  SyntaxError: 'corrupt',
  DataError: 'corrupt',
}

/** By the name of what a storage threw. */
export function kindOfFailure(error: unknown): FailureKind {
  return (error instanceof Error && KIND_BY_NAME[error.name]) || 'other'
}

/** None of any kind, to count from. */
export function noFailures(): Record<FailureKind, number> {
  return { disabled: 0, quota: 0, slow: 0, closed: 0, corrupt: 0, clock: 0, other: 0 }
}

/** By kind, over several tiers. */
export function addedUp(
  counts: readonly Readonly<Record<FailureKind, number>>[],
): Record<FailureKind, number> {
  const sums = noFailures()
  for (const kind of Object.keys(sums) as FailureKind[])
    sums[kind] = counts.reduce((sum, count) => sum + count[kind], 0)
  return sums
}
