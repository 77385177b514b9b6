import type { SeededRandom } from '../seed/seededRandom.ts'

/** When a process is killed: so long after its start, or at a place of its conversation with the database. */
export type Moment =
  | { kind: 'time'; ms: number }
  | { kind: 'call'; name: string; nth: number; stage: 'arrived' | 'answered' }
  | { kind: 'call'; name: string; nth: number; stage: 'working'; ms: number }

/** A session that nobody disturbed. */
export interface UndisturbedSession {
  wallMs: number
  calls: readonly string[]
}

/** A call takes about so long; milliseconds. */
const CALL_MS = 20

/**
 * Draws a moment of a session's life. By time alone most kills would hit the process while it starts and none the few
 * milliseconds in which a commit is on its way; by calls alone none would hit what lies between them.
 */
export function drawMoment(random: SeededRandom, { wallMs, calls }: UndisturbedSession): Moment {
  if (random.chance(0.4)) return { kind: 'time', ms: Math.round(random.float() * wallMs) }
  // By name first: a hundred batches must not outweigh the one call that starts the run.
  const name = random.pick([...new Set(calls)])
  const nth = 1 + random.below(calls.filter((call) => call === name).length)
  const stage = random.pick(['arrived', 'working', 'answered'] as const)
  if (stage === 'working') return { kind: 'call', name, nth, stage, ms: random.below(CALL_MS) }
  return { kind: 'call', name, nth, stage }
}

export function momentText(moment: Moment): string {
  if (moment.kind === 'time') return `${moment.ms} ms`
  const { stage, name, nth } = moment
  return `${stage === 'working' ? `${moment.ms} ms into` : stage} ${name} ${nth}`
}
