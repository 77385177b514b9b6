/** Where a rollback stops: it keeps the batches up to a number, or those finished by a time on the database's clock. */
export type RollbackLimit =
  | { batch: number }
  /** ISO 8601 with an offset, as precise as the database's clock. */
  | { time: string }

/** Which of the ways back: what the default leaves to people, exact overwrites; without a limit the whole run goes. */
export interface RollbackForm {
  exact: boolean
  to: RollbackLimit | null
}

/** The limit as the engine's functions take it. */
export function limitArguments(to: RollbackLimit | null): { p_to_batch?: number; p_to_time?: string } {
  if (to === null) return {}
  return 'batch' in to ? { p_to_batch: to.batch } : { p_to_time: to.time }
}

/** The command that rolls back in this form. @param runId of a run that was chosen; without one the command takes the one that did not end, or the latest */
export function rollbackCommand({ exact, to }: RollbackForm, runId: string | null = null): string {
  const options = [
    ...(runId === null ? [] : [`--run ${runId}`]),
    ...(exact ? ['--exact'] : []),
    ...(to === null ? [] : [`--to ${'batch' in to ? to.batch : to.time}`]),
  ]
  return ['npm run rollback', ...(options.length > 0 ? ['--', ...options] : [])].join(' ')
}

export function sameForm(one: RollbackForm, other: RollbackForm): boolean {
  if (one.exact !== other.exact) return false
  const [a, b] = [one.to, other.to]
  if (a === null || b === null) return a === b
  if ('batch' in a) return 'batch' in b && a.batch === b.batch
  return 'time' in b && Date.parse(a.time) === Date.parse(b.time)
}
