import type { Run } from './migrationDatabase.ts'

const WAY = ['preparing', 'running', 'validating', 'complete']

/** Whether a run, of which nobody else has taken possession, has come further on its way than this status. */
export function isBeyond(
  now: { status: string; epoch: number },
  run: Pick<Run, 'epoch'>,
  status: Run['status'],
): boolean {
  return now.epoch === run.epoch && WAY.indexOf(now.status) > WAY.indexOf(status)
}
