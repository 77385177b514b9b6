import type { QueryClient, QueryKey } from '@tanstack/react-query'

export type KeptAnswer<Answer> = {
  /** In the cache, among everything that one person keeps. */
  key: string
  /** Names what a change of makes the answer wrong. */
  tags: readonly string[]
  load: (signal: AbortSignal) => Promise<Answer>
  /** Whether what a storage held is such an answer. */
  accept: (data: unknown) => boolean
}

/**
 * An answer from the three tiers of the tags' cache, where it is this person's alone: what is kept is given at once, and
 * read anew in the background for all tabs; the query then hears of what came. Rejects as `load` does.
 */
export async function keptAnswer<Answer>(
  { key, tags, load, accept }: KeptAnswer<Answer>,
  { client, queryKey, signal }: { client: QueryClient; queryKey: QueryKey; signal: AbortSignal },
): Promise<Answer> {
  const { cache, owner } = await openCache(client)
  listen(owner, key, () =>
    cache.subscribe(key, () => void client.invalidateQueries({ queryKey, exact: true })),
  )
  return cache.getOrLoad<Answer>(key, { load: (_previous, aborted) => load(aborted), tags, accept, signal })
}

/** Drops the answers that depend on any of these, in every tier and every tab. Never rejects. */
export async function dropKeptAnswers(client: QueryClient, tags: readonly string[]): Promise<void> {
  try {
    const { cache } = await openCache(client)
    await cache.invalidate({ tags })
  } catch {
    // Without the cache nothing is kept.
  }
}

/** The cache is not part of the first load. */
async function openCache(client: QueryClient) {
  const { tagCache } = await import('./tagCache.ts')
  return tagCache(client)
}

let listening: { owner: string | null; stops: Map<string, () => void> } | undefined

/** Once for a person and a key: keys in the cache carry the person. */
function listen(owner: string | null, key: string, subscribe: () => () => void): void {
  if (listening?.owner !== owner) {
    for (const stop of listening?.stops.values() ?? []) stop()
    listening = { owner, stops: new Map() }
  }
  if (!listening.stops.has(key)) listening.stops.set(key, subscribe())
}
