import type { CatalogSnapshot, CatalogTag } from './types.ts'

/** What has happened to the vocabulary since a snapshot. Told twice it changes nothing. */
export interface CatalogDelta {
  /** What the server calls the moment it leads to. */
  version: string
  /** New and changed tags, whole. */
  changed: readonly CatalogTag[]
  /** Tags that are deleted, banned or merged: into what, unless that may not be seen either. Some were never seen. */
  gone: readonly { id: string; into: string | null }[]
}

/** The snapshot after the delta, in the order of ids as from the server. Leaves the given one as it is. */
export function applyDelta(snapshot: CatalogSnapshot, delta: CatalogDelta): CatalogSnapshot {
  const replaced = new Set([...delta.changed, ...delta.gone].map(({ id }) => id))
  const kept = snapshot.tags.filter(({ id }) => !replaced.has(id))
  // Two sorted runs, which sorting merges in one pass.
  const tags = [...kept, ...delta.changed].sort((a, b) => (a.id < b.id ? -1 : 1))
  return { ...snapshot, version: delta.version, tags }
}
