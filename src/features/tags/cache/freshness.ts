import type { CacheEntry } from './types.ts'

/** How long entries live; ms. */
export interface Lifetime {
  /** So long they are fresh. */
  ttl: number
  /** So much longer they are shown while newer data load, or while they cannot. */
  grace: number
}

/** `unknowable`: written in the future, so the clock was set back, and the age is anybody's guess. */
export type Freshness = 'fresh' | 'stale' | 'expired' | 'unknowable'

/** What two tabs' readings of the same clock may differ by; ms. */
const CLOCK_TOLERANCE = 1000

/** @param now ms since the epoch */
export function freshness(
  { timestamp }: Pick<CacheEntry<unknown>, 'timestamp'>,
  { ttl, grace }: Lifetime,
  now: number,
): Freshness {
  const age = now - timestamp
  if (age < -CLOCK_TOLERANCE) return 'unknowable'
  if (age < ttl) return 'fresh'
  return age < ttl + grace ? 'stale' : 'expired'
}
