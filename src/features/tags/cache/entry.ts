import * as z from 'zod/mini'
import type { CacheEntry } from './types.ts'

/** @param timestamp ms since the epoch */
export function newEntry<T>(data: T, tags: readonly string[], timestamp: number): CacheEntry<T> {
  return { data, timestamp, hits: 0, lastAccessed: timestamp, tags }
}

/** An entry as text, as the storages keep it. What the reads counted stays behind. */
export function packEntry({ data, timestamp, tags }: CacheEntry<unknown>): string {
  return JSON.stringify({ timestamp, tags, data })
}

const packed = z.object({
  timestamp: z.number(),
  tags: z.array(z.string()),
  data: z.unknown(),
})

/**
 * What {@link packEntry} wrote. The data themselves are whatever was there: who asked for them knows their shape.
 *
 * @throws SyntaxError when it is anything else
 */
export function unpackEntry<T>(text: unknown): CacheEntry<T> {
  const found = packed.safeParse(typeof text === 'string' ? JSON.parse(text) : undefined)
  if (!found.success) throw new SyntaxError('The stored entry is not one.')
  const { data, tags, timestamp } = found.data
  return newEntry(data as T, tags, timestamp)
}
