/** Raised whenever what is stored changes its shape: older entries are then never found, and swept away. */
const CACHE_SCHEMA = 1

/** Every key of ours in a storage that others use, too. */
export const KEY_PREFIX = 'songbook-tags/'

/**
 * The beginning of every key of one person's entries.
 *
 * @param owner the id of whoever is signed in; null for nobody
 */
export function cacheScope(owner: string | null): string {
  return `${KEY_PREFIX}${CACHE_SCHEMA}/${owner ?? 'nobody'}/`
}
