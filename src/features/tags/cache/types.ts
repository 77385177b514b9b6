import type { SketchCells } from '../monitoring/sketchCells.ts'
import type { FailureKind } from './failures.ts'

export interface CacheConfig {
  /** How long an entry is fresh; ms. */
  ttl: number
  /** Entries that memory holds at most. */
  maxSize: number
  /** Whether the most used tags are loaded ahead, when the browser is idle. */
  warmOnStartup: boolean
  /** Whether entries outlive the page: sessionStorage and IndexedDB. */
  persistToStorage: boolean
}

/** What a tier keeps. */
export interface CacheEntry<T> {
  data: T
  /** When it was written; ms since the epoch. */
  timestamp: number
  /** Reads from memory. The slower tiers do not count: it would be a write for every read. */
  hits: number
  /** ms since the epoch. */
  lastAccessed: number
  /** What the data depend on: whoever changes one of these invalidates the entry. */
  tags: readonly string[]
}

export interface CacheStats {
  /** Shares of all reads; 0 to 1. */
  hitRate: number
  missRate: number
  evictionCount: number
  /** ms */
  avgResponseTime: number
  /** bytes, estimated */
  memoryUsage: number
}

/** The reads of a while. Numbers only, no key and no data: they may leave the browser. */
export interface CacheReads {
  /** By the tier that answered, and how long some of its reads took, in ms. */
  answered: Readonly<Record<'memory' | 'session' | 'indexeddb', { count: number; times: SketchCells }>>
  /** Those that no tier could answer. */
  missed: number
  failures: Readonly<Record<FailureKind, number>>
}

/** One contract for memory, sessionStorage and IndexedDB. The slower ones are asynchronous. */
export interface CacheTier {
  get<T>(key: string): CacheEntry<T> | undefined | Promise<CacheEntry<T> | undefined>
  /** Waited for where it is a promise. */
  set<T>(key: string, entry: CacheEntry<T>): unknown
  delete(key: string): void | Promise<void>
  clear(): void | Promise<void>
}

/** Names keys, and what entries depend on. */
export interface Invalidation {
  keys?: readonly string[]
  tags?: readonly string[]
}
