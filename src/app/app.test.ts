import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serveApp } from '../../scripts/app/serveApp.ts'
import {
  type AppFixture,
  arrived,
  openAppFixture,
  signIn as signInAs,
  type WatchedPage,
} from '../../scripts/testing/appFixture.ts'

const email = 'editor@example.org'
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
let fixture: AppFixture
let songId: string

beforeAll(async () => {
  fixture = await openAppFixture()
  songId = await fillSongbook()
})

afterAll(async () => {
  await fixture?.close()
})

/** 60 songs, so that there is a second page, and one with tags and every kind of old theme. */
async function fillSongbook(): Promise<string> {
  const { database } = fixture
  const { sql } = database
  await sql`insert into public.songs (title) select 'Psalm ' || n from generate_series(1, 60) as n`
  const themes = ['Still waters', ' Quiet  joy', '', 'pay\u202eevil']
  const [song] = await sql`
    insert into public.songs (title, artist, lyrics, themes)
    values ('A lamp, "bright" (still)', 'Anna Test', ${'First line\nsecond line'}, ${themes}) returning id`
  await sql`
    insert into public.arrangements (song_id, name, key, tempo, difficulty, time_signature)
    values (${song?.id}, 'Choir', 'Eb', 72, 4, '6/8')`
  await sql`insert into public.tags (name, category) values ('Still waters', 'mood'), ('Lamplight', 'occasion')`
  await sql`
    insert into public.song_tags (song_id, tag_id)
    select ${song?.id}, t.id from public.tags as t where t.name in ('Still waters', 'Lamplight')`
  await database.signUp(email)
  const { error } = await database.serviceClient.rpc('grant_role', { p_email: email, p_role: 'editor' })
  if (error) throw error
  return String(song?.id)
}

const openPage = (options: Parameters<AppFixture['openPage']>[0]): Promise<WatchedPage> =>
  fixture.openPage(options)
const signIn = (page: Page, password?: string) => signInAs(page, email, password)

async function fitsTheWindow(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)
}

describe.each([
  ['phone', phone],
  ['desktop', { viewport: { width: 1280, height: 900 } }],
] as const)('on a %s', (_name, options) => {
  test('songs are listed, found, opened and read', async () => {
    const { page, complaints } = await openPage(options)
    await page.goto('/')
    const songs = page.getByRole('list', { name: 'Songs' })
    await songs.getByRole('link', { name: 'A lamp, "bright" (still)' }).waitFor()
    await page.getByText('61 songs').waitFor()
    expect(await fitsTheWindow(page)).toBe(true)

    await page.mouse.wheel(0, 20_000)
    await songs.getByRole('link', { name: 'Psalm 9', exact: true }).waitFor()

    await page.getByRole('searchbox', { name: 'Search songs' }).fill('"BRIGHT" (')
    await page.getByText('1 song', { exact: true }).waitFor()
    await songs.getByRole('link', { name: 'A lamp, "bright" (still)' }).click()

    await page.getByRole('heading', { level: 1, name: 'A lamp, "bright" (still)' }).waitFor()
    expect(new URL(page.url()).pathname).toBe(`/songs/${songId}`)
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('content')
    expect(await page.getByRole('list', { name: 'Tags' }).getByRole('link').allTextContents()).toEqual([
      'Lamplight, occasion',
      'Still waters, mood',
    ])
    await page.getByRole('row', { name: 'Choir E♭ 72 bpm 6/8 4 of 5' }).waitFor()
    await page.getByText('Themes as they were written').click()
    await page.locator('details li').first().waitFor()
    expect(await page.locator('details li').allTextContents()).toEqual([
      'Still waters',
      'spaceQuietspacespacejoy',
      'empty',
      'payU+202Eevil',
    ])
    expect(await fitsTheWindow(page)).toBe(true)

    await page.getByRole('link', { name: 'Lamplight' }).click()
    await page.getByRole('button', { name: 'Take off: Lamplight' }).waitFor()
    await expect.poll(() => page.title()).toBe('Lamplight – HSA Songbook')
    await page.getByText('1 song', { exact: true }).waitFor()
    await page.goBack()
    await page.getByRole('link', { name: 'All songs' }).click()
    await page.waitForURL((url) => url.searchParams.get('q') === '"BRIGHT" (')
    expect(complaints).toEqual([])
    await page.context().close()
  })
})

test('on a phone an editor signs in, sees who she is, and signs out', async () => {
  const { page, complaints } = await openPage(phone)
  await page.goto(`/songs/${songId}`)
  await page.getByRole('link', { name: 'Sign in' }).click()
  await signIn(page, 'not the password')
  await page.getByRole('alert').getByText('do not belong together').waitFor()
  // The browser itself reports the refused request; nothing else may be said.
  expect(complaints.splice(0)).toEqual([expect.stringContaining('400')])

  await signIn(page)
  await page.getByRole('heading', { level: 1, name: 'A lamp, "bright" (still)' }).waitFor()
  await page.addInitScript(noteOfferToSignIn)
  await page.reload()
  await page.getByRole('button', { name: `Account of ${email}` }).click()
  expect(await page.locator('html').getAttribute('data-offered')).toBeNull()
  const panel = page.locator('[popover]:popover-open')
  await panel.getByText(email).waitFor()
  await panel.getByText('Editor', { exact: true }).waitFor()

  await page.route('**/auth/v1/logout*', (route) => route.fulfill({ status: 503, json: {} }), { times: 1 })
  await panel.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('link', { name: 'Sign in' }).waitFor()
  // Also when the server is in trouble.
  await expect.poll(() => complaints.splice(0)).toEqual([expect.stringContaining('503')])
  expect(await page.evaluate(() => localStorage.getItem('songbook-session'))).toBeNull()
  expect(complaints).toEqual([])
  await page.context().close()
})

test('what is not there is said, with a way back', async () => {
  const { page, complaints } = await openPage({})
  await page.goto('/nowhere')
  await page.getByRole('heading', { name: 'Page not found' }).waitFor()
  await page.goto('/songs/not-a-song')
  await page.getByText('This song is not in the songbook').waitFor()
  await page.goto('/?tag=no+such+tag')
  await page.getByText('There is no tag “no such tag”').waitFor()
  await page.getByRole('link', { name: 'Show all songs' }).click()
  await page.getByText('61 songs').waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

test('a server in trouble and a lost connection are told apart', async () => {
  const { page } = await openPage({})
  await page.route('**/rpc/search_songs*', (route) =>
    route.fulfill({ status: 400, json: { message: 'boom' } }),
  )
  await page.goto('/')
  await page.getByText('The songs could not be read').waitFor()
  await page.unroute('**/rpc/search_songs*')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('list', { name: 'Songs' }).waitFor()

  await arrived(page, 'SongsOffline', 'SearchSummary')
  await page.context().setOffline(true)
  await page.getByText('Offline', { exact: true }).waitFor()
  await page.getByRole('link', { name: 'Lamplight' }).click()
  await page.getByText('You are offline').waitFor()
  await page.context().setOffline(false)
  await page.getByText('1 song', { exact: true }).waitFor()
  await page.context().close()
})

test('a bad configuration is spelled out instead of the app', async () => {
  const { database, folder } = fixture
  const wrong = await serveApp({ stack: { ...database, publishableKey: 'short' }, port: 0, folder })
  const { page } = await openPage({})
  await page.goto(wrong.url)
  await page.getByRole('heading', { name: 'The songbook is not set up' }).waitFor()
  await page.getByText('VITE_SUPABASE_PUBLISHABLE_KEY is too short for a key').waitFor()
  await page.context().close()
  await wrong.close()
})

test('a page that cannot be loaded leaves a way back', async () => {
  const { page } = await openPage({})
  await page.route('**/assets/SignInPage*', (route) => route.abort())
  await page.goto('/')
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Something went wrong' }).waitFor()
  await page.getByRole('link', { name: 'Show all songs' }).click()
  await page.getByRole('list', { name: 'Songs' }).waitFor()
  await page.context().close()
})

test('the session of another stack is dropped, and the songs are read without it', async () => {
  const { page } = await openPage({})
  await page.addInitScript(() => {
    const payload = btoa(
      JSON.stringify({ sub: crypto.randomUUID(), role: 'authenticated', exp: 9_999_999_999 }),
    )
    const session = {
      access_token: `${btoa('{"alg":"HS256","typ":"JWT"}')}.${payload}.c2lnbmF0dXJl`,
      refresh_token: 'gone',
      token_type: 'bearer',
      expires_in: 3600,
      expires_at: 9_999_999_999,
      user: { id: crypto.randomUUID(), email: 'ghost@example.org', user_metadata: {}, app_metadata: {} },
    }
    if (!sessionStorage.getItem('visited')) localStorage.setItem('songbook-session', JSON.stringify(session))
    sessionStorage.setItem('visited', 'yes')
  })
  await page.goto('/')
  await page.getByRole('list', { name: 'Songs' }).waitFor()
  await page.getByRole('link', { name: 'Sign in' }).waitFor()
  await page.context().close()
})

test('the server answers with its headers, and nothing from outside the app', async () => {
  const { app, database, folder } = fixture
  const page = await fetch(`${app.url}/songs/anything`)
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
  expect(await page.text()).not.toContain(database.secretKey)
  expect((await fetch(`${app.url}/assets/none.js`)).status).toBe(404)
  expect((await fetch(`${app.url}/..%2f..%2fpackage.json`)).status).toBe(404)
  expect((await fetch(`${app.url}/`, { method: 'POST' })).status).toBe(405)
  expect((await fetch(`${app.url}/storage/v1/bucket`)).headers.get('content-type')).toContain('text/html')
  await expect(serveApp({ stack: database, port: app.port, folder })).rejects.toThrow(
    `Port ${app.port} is held by`,
  )
})

/** For a page that is about to load: marks it when its header offers to sign in, if only for a moment. */
function noteOfferToSignIn(): void {
  const look = () => {
    if (document.querySelector('header')?.textContent.includes('Sign in'))
      document.documentElement.dataset.offered = 'yes'
  }
  new MutationObserver(look).observe(document, { childList: true, subtree: true })
}
