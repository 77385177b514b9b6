export type ThemeChoice = 'light' | 'dark' | 'system'

// public/theme.js reads the same key before the first paint.
const storageKey = 'songbook-theme'

/** What was chosen in this browser, as public/theme.js has found it. */
export function readThemeChoice(): ThemeChoice {
  const { theme } = document.documentElement.dataset
  return theme === 'light' || theme === 'dark' ? theme : 'system'
}

/** Takes effect at once and, where storage is allowed, for the next visit. */
export function applyThemeChoice(choice: ThemeChoice): void {
  if (choice === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = choice
  try {
    localStorage.setItem(storageKey, choice)
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
  }
}
