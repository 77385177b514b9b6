import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServedApp, serveApp } from '../../scripts/app/serveApp.ts'
import {
  type AppFixture,
  arrived,
  hasRun,
  openAppFixture,
  signIn,
  watchedPage,
} from '../../scripts/testing/appFixture.ts'
import { openSentryReceiver, type SentryReceiver } from '../../scripts/testing/sentryReceiver.ts'

const email = 'gisela.watched@example.org'
const name = 'Gisela Watched'
const searched = 'zachaeus'
const typed = 'thanksgivng'

let fixture: AppFixture
let receiver: SentryReceiver
let app: ServedApp
let song: string

beforeAll(async () => {
  fixture = await openAppFixture()
  receiver = await openSentryReceiver()
  const { database, folder } = fixture
  app = await serveApp({ stack: database, port: 0, folder, sentry: { dsn: receiver.dsn, traces: 1 } })
  const { id } = await database.signUp(email)
  await database.sql`update auth.users set raw_user_meta_data = ${database.sql.json({ name })} where id = ${id}`
  await database.serviceClient.rpc('grant_role', { p_email: email, p_role: 'editor' })
  const [row] = await database.sql<{ id: string }[]>`
    insert into public.songs (title) values ('Zachaeus in the tree') returning id`
  song = row?.id ?? ''
})

afterAll(async () => {
  await app?.close()
  await receiver?.close()
  await fixture?.close()
})

const openContext = (): Promise<BrowserContext> => fixture.browser.newContext({ baseURL: app.url })

/** What a browser knows of who is signed in. */
async function secretsOf(page: Page): Promise<string[]> {
  const stored = await page.evaluate(() => localStorage.getItem('songbook-session'))
  const { access_token, refresh_token, user } = JSON.parse(stored ?? '{}')
  return [access_token, refresh_token, user.id]
}

/** One error a page, so that nothing takes them for one. */
async function breakScript(page: Page, message: string): Promise<void> {
  await page.evaluate((words) => {
    setTimeout(() => {
      throw new RangeError(words)
    })
  }, message)
}

/** Name, type, unit and kind. */
function metricsOf({ items }: SentryReceiver): string[] {
  return items('trace_metric').map(({ name, type, unit, attributes }) => {
    const { label } = attributes as { label?: { value: string } }
    return [name, type, unit, label?.value].join(' ').trimEnd()
  })
}

const names = (type: string) => receiver.items(type).map((item) => item.name)
const messages = () => receiver.items('event').map((event) => JSON.stringify(event.exception))

test('spans, metrics and errors of a visit arrive, and nothing that tells of the visitor', async () => {
  const context = await openContext()
  // Before the SDK is there: while the page is being read.
  await context.addInitScript(() => {
    addEventListener('DOMContentLoaded', () => {
      if (location.pathname === '/') throw new TypeError('early for gisela.watched@example.org')
    })
  })
  const { page } = await watchedPage(context)
  const wantsSdk = page.waitForResponse((response) => /connectSentry.*\.js$/.test(response.url()))
  await page.goto(`/sign-in?next=/songs/${song}`)
  await signIn(page, email)
  await page.getByRole('heading', { level: 1, name: 'Zachaeus in the tree' }).waitFor()
  await wantsSdk
  await expect.poll(() => names('span')).toContain('/sign-in')
  // Loaded ahead, once: the next page finds it in the browser.
  await expect
    .poll(() => metricsOf(receiver))
    .toContain('tags.catalog.load distribution millisecond snapshot')

  await page.goto('/')
  await page.getByRole('searchbox').fill(searched)
  await page.waitForURL((url) => url.searchParams.get('q') === searched)
  await page.getByRole('link', { name: 'Zachaeus in the tree' }).click()
  await page.getByRole('button', { name: 'Edit tags' }).click()
  await page.locator('[data-catalogue="ready"]').waitFor()
  const field = page.getByRole('combobox', { name: 'Tags' })
  // One key in four is timed, by chance: of so many, some.
  for (let times = 0; times < 5; times += 1) {
    await field.fill('')
    await field.pressSequentially(typed)
  }
  await page.getByRole('option', { name: /Did you mean Thanksgiving\?/ }).click()
  await page.getByRole('button', { name: 'Remove Thanksgiving' }).waitFor()
  await breakScript(page, `late: “${typed}” of ${email} at ${page.url()}?q=${searched} is called '${name}'`)

  await expect
    .poll(messages)
    .toEqual(
      expect.arrayContaining([
        expect.stringContaining('early for [email]'),
        expect.stringContaining('late: [text]'),
      ]),
    )
  await expect
    .poll(() => names('span'))
    .toEqual(
      expect.arrayContaining([
        '/sign-in',
        '/',
        '/songs/:id',
        'select songs',
        'insert tag_song',
        'insert tag_catalog',
      ]),
    )
  const load = receiver.items('span').find((span) => span.name === '/sign-in' && span.is_segment)
  expect(load).toMatchObject({
    attributes: { 'sentry.op': { value: 'pageload' }, 'sentry.environment': { value: 'production' } },
  })

  // Counts of the cache's reads are fetched once a minute, and when the page is left.
  await page.evaluate(() => dispatchEvent(new Event('pagehide')))
  await expect
    .poll(() => metricsOf(receiver))
    .toEqual(
      expect.arrayContaining([
        'tags.autocomplete distribution millisecond local',
        'songs.search distribution millisecond server',
        'mutation distribution millisecond song.tag',
        expect.stringMatching(/^tags\.cache\.read counter {2}\w+$/),
      ]),
    )

  const received = receiver.received().toLowerCase()
  const secrets = [email, 'gisela', name, searched, typed, 'thanksgiving', ...(await secretsOf(page))]
  for (const secret of secrets) expect(received).not.toContain(secret.toLowerCase())
  await context.close()
})

test('what cannot be told for want of a network is kept, scrubbed, and told when there is one', async () => {
  const context = await openContext()
  const { page } = await watchedPage(context)
  await page.goto('/')
  await arrived(page, 'connectSentry')
  await expect.poll(() => names('span')).toContain('/')
  await context.setOffline(true)
  await breakScript(page, `kept: “${searched}” of ${email}`)
  // As the SDK keeps it, in the browser's own database.
  const kept = () =>
    page.evaluate(async () => {
      // Opened before the SDK has made it, it would be made without its store.
      const made = await indexedDB.databases()
      if (!made.some((one) => one.name === 'sentry-offline')) return ''
      const opened = indexedDB.open('sentry-offline')
      const database = await new Promise<IDBDatabase>((resolve) => {
        opened.onsuccess = () => resolve(opened.result)
      })
      const [name] = database.objectStoreNames
      if (name === undefined) return ''
      const all = database.transaction(name).objectStore(name).getAll()
      await new Promise((resolve) => {
        all.onsuccess = resolve
      })
      database.close()
      return all.result
        .map((one) => (typeof one === 'string' ? one : new TextDecoder().decode(one)))
        .join('\n')
    })
  await expect.poll(kept).toContain('kept: [text]')
  expect(await kept()).not.toContain(email)
  expect(messages().join()).not.toContain('kept: [text]')

  await context.setOffline(false)
  await expect.poll(messages).toContainEqual(expect.stringContaining('kept: [text]'))
  await context.close()
})

test('searches that are slow for one person raise one alert, which arrives, and so does its end', async () => {
  const context = await openContext()
  const { page } = await watchedPage(context)
  await page.clock.install()
  const wantsSdk = page.waitForResponse((response) => /connectSentry.*\.js$/.test(response.url()))
  const wantsTracker = page.waitForResponse((response) => /connectTracker.*\.js$/.test(response.url()))
  await page.goto('/')
  for (const part of [wantsSdk, wantsTracker]) await hasRun(page, (await part).url())
  await page.getByText('1 song', { exact: true }).waitFor()
  // Slow by the page's own clock, so that nobody has to wait.
  await page.route('**/rpc/search_songs', async (route) => {
    await page.clock.fastForward(900)
    await route.continue()
  })
  const field = page.getByRole('searchbox')
  for (let times = 0; times < 20; times += 1) {
    const answered = page.waitForResponse('**/rpc/search_songs')
    await field.fill(`in vain ${times}`)
    await page.clock.fastForward(200)
    await answered
    await page.locator('[data-busy="false"]').first().waitFor()
  }
  const alerts = () => receiver.items('event').filter(({ tags }) => Object(tags).rule === 'search-slow')
  await page.clock.fastForward('01:00')
  await expect.poll(alerts).toHaveLength(1)
  await page.clock.fastForward('01:00')
  // Nobody searches any more.
  await page.clock.fastForward('16:00')
  await expect.poll(alerts).toHaveLength(2)
  expect(alerts()).toMatchObject([
    {
      message: expect.stringMatching(/^Searches are slow: .*\nHelp: docs\/monitoring\.md#search-slow$/s),
      level: 'warning',
      fingerprint: ['session-alert', 'search-slow'],
      tags: { kind: 'raised' },
      contexts: { alert: { threshold: 500 } },
    },
    { level: 'info', fingerprint: ['session-alert', 'search-slow'], tags: { kind: 'resolved' } },
  ])
  expect(receiver.received()).not.toContain('in vain')
  await context.close()
})

test('what was measured in the last moments arrives when the page is left', async () => {
  const context = await openContext()
  const { page } = await watchedPage(context)
  await page.goto('/')
  await arrived(page, 'connectSentry', 'connectTracker')
  await page.getByText('1 song', { exact: true }).waitFor()
  const reads = () => metricsOf(receiver).filter((metric) => metric.startsWith('tags.cache.read')).length
  const before = reads()
  await page.goto('about:blank')
  await expect.poll(reads).toBeGreaterThan(before)
  await context.close()
})

test('a page that breaks says so, with a way back, and the error arrives with its component', async () => {
  const context = await openContext()
  const { page } = await watchedPage(context)
  let isBroken = true
  await page.route('**/rest/v1/songs?*id=eq.*', async (route) => {
    const response = await route.fetch()
    const [row] = [await response.json()].flat()
    await route.fulfill({ response, json: isBroken ? { ...row, arrangements: 7 } : row })
  })
  await page.goto(`/songs/${song}`)
  await page.getByRole('heading', { name: 'Something went wrong' }).waitFor()
  await expect.poll(messages).toContainEqual(expect.stringContaining('React ErrorBoundary TypeError'))
  isBroken = false
  await page.getByRole('button', { name: 'Load anew' }).click()
  await page.getByRole('heading', { level: 1, name: 'Zachaeus in the tree' }).waitFor()
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await context.close()
})

test('without a DSN the SDK is not even loaded, and the page may talk to its own server alone', async () => {
  const context = await fixture.browser.newContext({ baseURL: fixture.app.url })
  const { page, complaints } = await watchedPage(context)
  const loaded: string[] = []
  page.on('request', (request) => loaded.push(request.url()))
  const response = await page.goto('/')
  await page.getByText('1 song', { exact: true }).waitFor()
  await page.waitForLoadState('networkidle')
  expect(loaded.filter((url) => /sentry/i.test(url))).toEqual([])
  expect(response?.headers()['content-security-policy']).toContain("connect-src 'self';")
  expect(complaints).toEqual([])
  await context.close()
})
