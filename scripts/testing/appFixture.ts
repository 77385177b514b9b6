import type { Session } from '@supabase/supabase-js'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'
import { SESSION_KEY } from '../../src/lib/supabase.ts'
import { type ServedApp, serveApp } from '../app/serveApp.ts'
import { keepPageCoverage } from '../coverage/rawCoverage.ts'
import { builtApp } from './builtApp.ts'
import { chromiumLaunch } from './chromiumLaunch.ts'
import { createTestDatabase, type TestDatabase } from './testDatabase.ts'

/** The built app over a database of its own, and a browser to use it with. */
export interface AppFixture {
  database: TestDatabase
  app: ServedApp
  /** Where the built app is. */
  folder: string
  browser: Browser
  /** A page of a new visitor. */
  openPage(options: BrowserContextOptions): Promise<WatchedPage>
  /** A page of somebody who has signed in: in a browser of her own, in which nothing else has happened yet. */
  openPageOf(email: string, options: BrowserContextOptions): Promise<WatchedPage>
  close(): Promise<void>
}

/** A page that collects what must not happen: errors, warnings, violations of the CSP. */
export interface WatchedPage {
  page: Page
  complaints: string[]
}

/**
 * Call it in `beforeAll` and `close()` in `afterAll`.
 * @param findFunction where the edge function is served; without it, none is deployed
 */
export async function openAppFixture(findFunction?: () => Promise<string | undefined>): Promise<AppFixture> {
  const [folder, database, launch] = await Promise.all([
    builtApp(),
    createTestDatabase({ http: true }),
    chromiumLaunch(),
  ])
  const app = await serveApp({ stack: database, port: 0, folder, ...(findFunction ? { findFunction } : {}) })
  const browser = await chromium.launch(launch)
  const openPage = async (options: BrowserContextOptions) => {
    // What moves is waited for until it stands still: at every click, and before axe looks.
    return watchedPage(await browser.newContext({ reducedMotion: 'reduce', ...options, baseURL: app.url }))
  }
  return {
    database,
    app,
    folder,
    browser,
    openPage,
    openPageOf: async (email, options) => {
      const session = JSON.stringify(await sessionOf(database, email))
      const storage = { origin: app.url, localStorage: [{ name: SESSION_KEY, value: session }] }
      return openPage({ ...options, storageState: { cookies: [], origins: [storage] } })
    },
    close: async () => {
      await browser.close()
      await app.close()
      await database.drop()
    },
  }
}

async function sessionOf(database: TestDatabase, email: string): Promise<Session> {
  const { data, error } = await database.anonClient().auth.signInWithPassword(credentialsOf(email))
  if (error) throw error
  return data.session
}

/** Those that `signUp` of a test database has given. */
const credentialsOf = (email: string) => ({ email, password: `pass-${email}` })

/** One more tab of a visitor. What is waited for there is waited for as long as `expect.poll` does. */
export async function watchedPage(context: BrowserContext): Promise<WatchedPage> {
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  await keepPageCoverage(page)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  return { page, complaints }
}

/**
 * Waits for parts of the app that come by themselves, some time after the page, and have run, with all that they need:
 * from then on they are to be had without a connection. Not where the page has a clock of its own, which knows of no files.
 */
export async function arrived(page: Page, ...parts: string[]): Promise<void> {
  const found = await page.waitForFunction((names) => {
    const come = performance.getEntriesByType('resource').map(({ name }) => name)
    const needed = [
      ...document.querySelectorAll<HTMLLinkElement>('link[rel=modulepreload], link[rel=stylesheet]'),
    ]
    const urls = names.map((part) => come.find((url) => url.includes(`/${part}-`) && url.endsWith('.js')))
    return !urls.includes(undefined) && needed.every(({ href }) => come.includes(href)) && urls
  }, parts)
  for (const url of (await found.jsonValue()) || []) await hasRun(page, String(url))
}

/** Waits until the page has run one of the app's own scripts. */
export async function hasRun(page: Page, url: string): Promise<void> {
  // In words: what is compiled with the tests would import as they do.
  await page.evaluate(`import(${JSON.stringify(url)}).then(() => undefined)`)
}

/** Fills in the sign-in page, which is open. */
export async function signIn(
  page: Page,
  email: string,
  password = credentialsOf(email).password,
): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
}
