import { setTimeout as delay } from 'node:timers/promises'
import { type Browser, type CDPSession, chromium, type Locator, type Page } from 'playwright-core'
import { measureKeys } from '../benchmark/typing/measureKeys.ts'
import { chromiumLaunch } from '../testing/chromiumLaunch.ts'
import type { SignIn } from './signIns.ts'
import type { Timings } from './timings.ts'
import { MemoryTrack } from './watchMemory.ts'

/** What a person in front of a real browser sees meanwhile. */
export interface TabReport {
  /** From key to paint in the field for tags; ms. */
  keys: number[]
  /** The page's heap after what nobody needs any more is gone. */
  memory: MemoryTrack
}

const PAUSE_MS = 4000

/** Uses the app in one real tab until the signal: types, searches, opens songs. Never rejects: what fails is in the timings. */
export async function workInTab(
  appUrl: string,
  who: SignIn,
  song: string,
  { timings, signal }: { timings: Timings; signal: AbortSignal },
): Promise<TabReport> {
  const report: TabReport = { keys: [], memory: new MemoryTrack() }
  let browser: Browser | undefined
  try {
    browser = await chromium.launch(await chromiumLaunch())
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    page.on('pageerror', (error) => timings.fail('tab', error))
    await page.goto(`${appUrl}/sign-in?next=/songs/${song}`)
    await page.getByLabel('Email').fill(who.email)
    await page.getByLabel('Password').fill(who.password)
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: 'Edit tags' }).waitFor()
    const devtools = await page.context().newCDPSession(page)
    while (!signal.aborted) await goRound(page, devtools, report, song, signal)
  } catch (error) {
    timings.fail('tab', error)
  } finally {
    await browser?.close()
  }
  return report
}

/** Within one page load, as people do: what leaks would be given back by a new one. */
async function goRound(
  page: Page,
  devtools: CDPSession,
  { keys, memory }: TabReport,
  song: string,
  signal: AbortSignal,
): Promise<void> {
  const field = await openTagField(page)
  keys.push(...(await measureKeys(page, field, { isTagField: true })))
  await page.getByRole('link', { name: 'All songs' }).click()
  const search = page.getByRole('searchbox', { name: 'Search songs' })
  await search.fill('grace')
  await page.waitForURL((url) => url.searchParams.get('q') === 'grace')
  await page.getByRole('list', { name: 'Songs' }).getByRole('link').first().click()
  await page.waitForURL(/\/songs\//)
  await page.goBack()
  await page.goBack()
  await page.waitForURL(new RegExp(song))
  await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devtools.send('Runtime.getHeapUsage')
  memory.add(usedSize)
  await delay(PAUSE_MS, undefined, { signal }).catch(() => undefined)
}

async function openTagField(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Edit tags' }).click()
  await page.locator('[data-catalogue="ready"]').waitFor()
  return page.getByRole('combobox', { name: 'Tags' })
}
