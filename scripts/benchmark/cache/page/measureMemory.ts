import { LRUCache } from 'lru-cache'
import { newEntry } from '../../../../src/features/tags/cache/entry.ts'
import { estimateBytes } from '../../../../src/features/tags/cache/estimateBytes.ts'
import { TagCache } from '../../../../src/features/tags/cache/tagCache.ts'

export interface MemoryTimes {
  /** Nanoseconds a read; one for each round. */
  ours: number[]
  sameLimits: number[]
  bare: number[]
}

const ENTRIES = 1000
const READS = 200_000
const LIFETIME = 3_600_000
const BYTES = 32 * 2 ** 20

/** Reads from each cache by turns. */
export function measureMemory(rounds: number): MemoryTimes {
  const keys = Array.from({ length: ENTRIES }, (_, n) => `songbook-tags/1/anna/tag:${n}`)
  const ours = new TagCache({ ttl: LIFETIME, maxSize: ENTRIES, maxBytes: BYTES })
  const sameLimits = new LRUCache<string, object>({
    max: ENTRIES,
    maxSize: BYTES,
    sizeCalculation: (tag) => estimateBytes(tag),
    ttl: LIFETIME,
  })
  const bare = new LRUCache<string, object>({ max: ENTRIES })
  for (const key of keys) {
    const tag = { id: key, name: `Tag ${key}`, usage: 1 }
    ours.set(key, newEntry(tag, [], Date.now()))
    sameLimits.set(key, tag)
    bare.set(key, tag)
  }
  // The nth key is read an nth as often as the first.
  const order = zipfOrder(keys)
  const times: MemoryTimes = { ours: [], sameLimits: [], bare: [] }
  for (let round = 0; round <= rounds; round += 1) {
    const [a, b, c] = [timed(ours, order), timed(sameLimits, order), timed(bare, order)]
    // The first round is for the compiler.
    if (round === 0) continue
    times.ours.push(a)
    times.sameLimits.push(b)
    times.bare.push(c)
  }
  return times
}

function timed(cache: { get(key: string): unknown }, order: readonly string[]): number {
  let found = 0
  const start = performance.now()
  for (const key of order) if (cache.get(key) !== undefined) found += 1
  const ms = performance.now() - start
  if (found !== order.length) throw new Error('A key was not found.')
  return (ms * 1e6) / order.length
}

function zipfOrder(keys: readonly string[]): string[] {
  const total = keys.reduce((sum, _, n) => sum + 1 / (n + 1), 0)
  const bounds: number[] = []
  for (const n of keys.keys()) bounds.push((bounds.at(-1) ?? 0) + 1 / (n + 1) / total)
  let seed = 1
  return Array.from({ length: READS }, () => {
    seed = (seed * 48_271) % 2_147_483_647
    const drawn = seed / 2_147_483_647
    const index = bounds.findIndex((bound) => drawn < bound)
    return keys.at(index) ?? ''
  })
}
