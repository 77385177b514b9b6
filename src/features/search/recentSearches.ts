import { useMemo, useSyncExternalStore } from 'react'
import * as z from 'zod/mini'
import { recentSearchesKey } from './recentSearchesKey.ts'

const recentSchema = z.array(z.object({ address: z.string(), words: z.string() }))

/** A search as somebody may want it again: its address, and what it was about in words. */
export type RecentSearch = z.infer<typeof recentSchema>[number]

/** More than these nobody reads through. */
const MOST = 8

const listeners = new Set<() => void>()

/** The last searches of this person on this device, the latest first. Empty where storage is blocked or holds garbage. */
export function useRecentSearches(owner: string | null): RecentSearch[] {
  const text = useSyncExternalStore(subscribe, () => stored(owner))
  return useMemo(() => read(text), [text])
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed)
  // Of other tabs.
  window.addEventListener('storage', changed)
  return () => {
    listeners.delete(changed)
    window.removeEventListener('storage', changed)
  }
}

function stored(owner: string | null): string | null {
  try {
    return localStorage.getItem(recentSearchesKey(owner))
  } catch {
    return null
  }
}

function read(text: string | null): RecentSearch[] {
  try {
    const searches = recentSchema.safeParse(JSON.parse(text ?? '[]'))
    return searches.success ? searches.data.slice(0, MOST) : []
  } catch {
    return []
  }
}

export function addRecentSearch(owner: string | null, search: RecentSearch): void {
  const others = read(stored(owner)).filter(({ address }) => address !== search.address)
  write(owner, [search, ...others].slice(0, MOST))
}

export function removeRecentSearch(owner: string | null, address: string): void {
  write(
    owner,
    read(stored(owner)).filter((search) => search.address !== address),
  )
}

function write(owner: string | null, searches: readonly RecentSearch[]): void {
  try {
    if (searches.length === 0) localStorage.removeItem(recentSearchesKey(owner))
    else localStorage.setItem(recentSearchesKey(owner), JSON.stringify(searches))
  } catch {
    // Storage is blocked or full: there are no recent searches then.
  }
  for (const changed of listeners) changed()
}
