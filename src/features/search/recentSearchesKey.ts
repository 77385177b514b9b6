const PREFIX = 'songbook-recent-searches/'

/** @param owner the id of whoever is signed in; null for nobody */
export function recentSearchesKey(owner: string | null): string {
  return `${PREFIX}${owner ?? 'nobody'}`
}

/** Leaves this person's recent searches, and those from before anybody had signed in. */
export function forgetOthersSearches(owner: string | null): void {
  const kept = [recentSearchesKey(owner), recentSearchesKey(null)]
  try {
    for (const key of Object.keys(localStorage))
      if (key.startsWith(PREFIX) && !kept.includes(key)) localStorage.removeItem(key)
  } catch {
    // Storage is blocked: nothing was kept either.
  }
}
