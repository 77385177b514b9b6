import type { SeededRandom, Weighted } from '../../seed/seededRandom.ts'
import type { FaultName } from './faultNames.ts'

/** A fault and the calls of the conversation at which it strikes, each `name nth`. */
export interface DrawnFault {
  name: FaultName
  at: readonly string[]
  /** Milliseconds into the call, or of a slow answer. */
  ms: number
}

/** Every command makes these calls; the first batches are sure to come. */
const FORWARD: readonly Weighted<{ name: string; most: number }>[] = [
  [{ name: 'tag_migration_survey', most: 1 }, 5],
  [{ name: 'tag_migration_add_plan', most: 1 }, 5],
  [{ name: 'tag_migration_start', most: 1 }, 10],
  [{ name: 'tag_migration_prepare', most: 1 }, 10],
  [{ name: 'tag_migration_batch', most: 6 }, 50],
  [{ name: 'tag_migration_fold', most: 1 }, 5],
  [{ name: 'tag_migration_transition', most: 2 }, 10],
  [{ name: 'tag_migration_validate_songs', most: 1 }, 5],
]
const BACK: readonly Weighted<{ name: string; most: number }>[] = [
  [{ name: 'tag_migration_rollback_start', most: 1 }, 15],
  [{ name: 'tag_migration_rollback_batch', most: 2 }, 50],
  [{ name: 'tag_migration_rollback_tags', most: 1 }, 20],
  [{ name: 'tag_migration_rollback_finish', most: 1 }, 15],
]

export function drawFault(random: SeededRandom, name: FaultName, way: 'forward' | 'back'): DrawnFault {
  const calls = way === 'forward' ? FORWARD : BACK
  // A killed process costs a second, a crashed server half of one.
  const times = name === 'kill-worker' || name === 'crash-postgres' ? 1 : 1 + random.below(3)
  const at = Array.from({ length: times }, () => {
    const call = random.pickWeighted(calls)
    return `${call.name} ${1 + random.below(call.most)}`
  })
  const ms = name === 'slow-answer' ? 500 + random.below(1000) : random.below(12)
  return { name, at: [...new Set(at)], ms }
}
