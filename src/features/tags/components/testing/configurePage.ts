/** Gives the page of a test the one element that the app's configuration is read from. */
export function configurePage(): void {
  const configuration = document.createElement('script')
  configuration.id = 'songbook-config'
  configuration.type = 'application/json'
  configuration.textContent = JSON.stringify({
    VITE_SUPABASE_URL: '/',
    VITE_SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_of_the_tests',
  })
  document.head.append(configuration)
}
