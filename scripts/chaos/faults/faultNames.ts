/** Every fault, and what it is, for people. */
export const FAULTS = {
  'kill-worker': 'SIGKILL of a worker',
  'cut-before': 'connection dropped before the call is heard',
  'cut-after': 'connection dropped after the commit, before the answer',
  'too-many-requests': 'HTTP 429 with Retry-After',
  'error-500': 'HTTP 500',
  'error-503': 'HTTP 503',
  'truncated-answer': 'an answer that ends half-way',
  'slow-answer': 'an answer that takes seconds',
  'end-backend': 'pg_terminate_backend of the backend at work',
  'crash-postgres': 'immediate stop and restart of Postgres',
  'end-at-boundary': 'pg_terminate_backend at each statement boundary of a batch',
  'full-log': "the client's log is on a full disk",
  'skewed-clock': 'a worker whose clock is wrong and jumps',
  'small-heap': 'a worker with a heap of 64 MB',
} as const

export type FaultName = keyof typeof FAULTS

export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[]
