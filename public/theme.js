// Runs before the first paint and so cannot be a module: whoever chose light or dark must not see the other one flash.
try {
  const choice = localStorage.getItem('songbook-theme')
  if (choice === 'light' || choice === 'dark') document.documentElement.dataset.theme = choice
} catch {
  // Storage is blocked: the page follows the system.
}
