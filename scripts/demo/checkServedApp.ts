/**
 * Asks the served app for its page and, through it, for a song, as a browser would.
 * @throws Error when one of them does not come
 */
export async function checkServedApp(url: string, publishableKey: string): Promise<void> {
  const page = await fetch(url)
  if (!page.ok || !(await page.text()).includes('<div id="root"')) {
    throw new Error(`The app answers ${page.status} without its page.`)
  }
  const songs = await fetch(`${url}/rest/v1/songs?select=id&limit=1`, { headers: { apikey: publishableKey } })
  const rows: unknown = songs.ok ? await songs.json() : undefined
  if (!Array.isArray(rows) || rows.length !== 1) {
    throw new Error(`The app answers ${songs.status} without a song.`)
  }
}
