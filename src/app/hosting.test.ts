import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp } from '../../scripts/app/buildApp.ts'
import { signIn, watchedPage } from '../../scripts/testing/appFixture.ts'
import { chromiumLaunch } from '../../scripts/testing/chromiumLaunch.ts'
import { type HostedApi, openHostedApi } from '../../scripts/testing/hostedApi.ts'
import { openSentryReceiver, type SentryReceiver } from '../../scripts/testing/sentryReceiver.ts'
import { openStaticHost, type StaticHost } from '../../scripts/testing/staticHost.ts'
import { createTestDatabase, type TestDatabase } from '../../scripts/testing/testDatabase.ts'

/** What may stand in the environment of a build, and never in what it makes. */
const SECRETS = {
  SUPABASE_SECRET_KEY: 'sb_secret_marker0of0the0secret0key',
  SUPABASE_SERVICE_ROLE_KEY: 'marker-of-the-service-role-key',
  SUPABASE_JWT_SECRET: 'marker-of-the-jwt-secret',
  SUPABASE_ACCESS_TOKEN: 'sbp_marker0of0the0access0token',
  SUPABASE_DB_PASSWORD: 'marker-of-the-database-password',
  DATABASE_URL: 'postgres://owner:marker-of-the-url@db.example.org/songbook',
  SENTRY_AUTH_TOKEN: 'sntrys_marker_of_the_sentry_token',
  SENTRY_DSN: 'https://marker-of-the-function@o1.ingest.sentry.io/1',
  TAG_ALERTS_SCHEDULE_SECRET: 'marker-of-the-schedule-secret',
  TAG_ALERTS_WEBHOOK_SECRET: 'marker-of-the-webhook-secret',
  // A name with Vite's prefix that the app does not know.
  VITE_SOMETHING_ELSE: 'marker-of-something-else',
}

const admin = 'admin@example.org'
let folder: string
let database: TestDatabase
let api: HostedApi
let receiver: SentryReceiver
let host: StaticHost
let browser: Browser
let songId: string

// As it is deployed: static files, with Supabase and Sentry on hosts of their own.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'songbook-hosted-'))
  database = await createTestDatabase({ http: true })
  api = await openHostedApi(database.apiUrl)
  receiver = await openSentryReceiver()
  await buildApp(folder, {
    ...SECRETS,
    VITE_SUPABASE_URL: api.url,
    VITE_SUPABASE_PUBLISHABLE_KEY: database.publishableKey,
    VITE_SENTRY_DSN: receiver.dsn,
    VITE_SENTRY_TRACES: '1',
  })
  host = await openStaticHost(folder)
  browser = await chromium.launch(await chromiumLaunch())
  const [song] = await database.sql`
    insert into public.songs (title, themes) values ('Psalm 1', '{Hope}') returning id`
  songId = String(song?.id)
  await database.signUp(admin)
  await database.serviceClient.rpc('grant_role', { p_email: admin, p_role: 'admin' })
})

afterAll(async () => {
  await browser?.close()
  await host?.close()
  await receiver?.close()
  await api?.close()
  await database?.drop()
  await rm(folder, { recursive: true, force: true })
})

async function openPage(path: string) {
  const watched = await watchedPage(await browser.newContext({ baseURL: host.url }))
  await watched.page.goto(path)
  return watched
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor()

test('no page violates its own policy, with Supabase and Sentry on other hosts', async () => {
  const { page, complaints } = await openPage('/sign-in')
  await signIn(page, admin)
  await page.getByText('1 song', { exact: true }).waitFor()
  const pages: [path: string, title: string][] = [
    [`/songs/${songId}`, 'Psalm 1'],
    [`/songs/${songId}/edit`, 'Edit song'],
    ['/songs/new', 'New song'],
    ['/admin', ''],
    ['/admin/migration', ''],
    ['/admin/migration/plan', ''],
    ['/admin/migration/history', ''],
    ['/admin/tags', ''],
    ['/admin/tags/new', ''],
    ['/admin/tags/duplicates', ''],
    ['/admin/log', ''],
    ['/admin/monitoring', ''],
    ['/nowhere', 'Page not found'],
  ]
  for (const [path, title] of pages) {
    await page.goto(path)
    await heading(page, title)
    // What it asks for is asked for by then; a page that asks again and again is never done with the network.
    await page.evaluate(
      () => new Promise<void>((resolve) => requestIdleCallback(() => resolve(), { timeout: 2000 })),
    )
    // The edge function is not deployed here, and the page of the migration asks for it.
    const violations = complaints.filter((text) => !text.includes('status of 404'))
    expect([path, ...violations]).toEqual([path])
  }
  // Errors and traces get through, once a page is looked at for long enough.
  await page.goto(`/songs/${songId}`)
  await expect.poll(() => receiver.items('span').map((span) => span.name)).toContain('/songs/:id')
  await page.context().close()
})

test('what the policy does not name is blocked, and every test that listens hears of it', async () => {
  const { page, complaints } = await openPage('/')
  await page.getByText('1 song', { exact: true }).waitFor()
  expect(complaints).toEqual([])
  const isBlocked = async (act: () => Promise<unknown>) => {
    await act()
    await expect.poll(() => complaints.splice(0).join()).toContain('Content Security Policy')
  }
  await isBlocked(() =>
    page.evaluate(() => fetch('https://elsewhere.example').catch((error: unknown) => String(error))),
  )
  await isBlocked(() =>
    page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'document.title = "inline"'
      document.head.append(script)
    }),
  )
  expect(await page.title()).not.toBe('inline')
  await page.context().close()
})

test('the host gives every answer its headers, and nothing a cache should not keep', async () => {
  const headersOf = async (path: string) => (await fetch(host.url + path)).headers
  const [page, deep] = [await headersOf('/'), await headersOf('/songs/new')]
  for (const headers of [page, deep]) {
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain(
      `connect-src 'self' ${api.url} ${new URL(receiver.dsn).origin};`,
    )
  }
  expect(page.get('cache-control')).toBe('no-cache')
  const html = await readFile(join(folder, 'index.html'), 'utf8')
  const firstLoad = [...html.matchAll(/"(\/assets\/(?:index|react|data)-[^"]+)"/g)].map(
    ([, path = '']) => path,
  )
  expect(firstLoad.length).toBeGreaterThan(2)
  for (const path of firstLoad) expect((await headersOf(path)).get('cache-control')).toContain('immutable')
  // The page, in place of another release's file: kept as that, it would break the release for good.
  expect((await headersOf('/assets/of-another-release.js')).get('cache-control')).toBeNull()
})

test('nothing secret is in what was built, in no file and under no name', async () => {
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  expect(files.some((file) => file.endsWith('.js.map'))).toBe(true)
  const texts = await Promise.all(files.map((file) => readFile(file, 'latin1')))
  const built = texts.join('\n')
  expect(built).toContain(database.publishableKey)
  for (const secret of [...Object.values(SECRETS), database.secretKey]) expect(built).not.toContain(secret)
  for (const shape of [/sb_secret_[\w-]{8}/, /postgres(ql)?:\/\/\w+:/, /sntrys_\w/, /service_role"/])
    expect(built.match(shape)?.[0]).toBeUndefined()
})

test('maps of the source are named by no file', async () => {
  const names = await readdir(join(folder, 'assets'))
  const scripts = names.filter((name) => name.endsWith('.js'))
  for (const name of scripts)
    expect(await readFile(join(folder, 'assets', name), 'utf8')).not.toContain('sourceMappingURL')
})
