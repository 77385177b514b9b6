import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Database } from '../../src/lib/database.types.ts'
import { type AppFixture, openAppFixture, type WatchedPage } from './appFixture.ts'
import { violations } from './axe.ts'

export const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
export const desktop = { viewport: { width: 1280, height: 900 } }

/** By address: a role, or null for somebody who has none. */
type People = Record<string, Database['public']['Enums']['app_role'] | null>

interface VisitOptions extends BrowserContextOptions {
  /** What the page does every few seconds need not be waited for: `page.clock.fastForward` takes it there. */
  hasOwnClock?: boolean
}

export interface ConsoleFixture extends AppFixture {
  /** Somebody on a page of the console, who has signed in before. */
  visit(email: string, path: string, options?: VisitOptions): Promise<WatchedPage>
}

/**
 * The whole app with people of the console. Call it in `beforeAll` and `close()` in `afterAll`.
 * @param findFunction where the edge function is served; without it, none is deployed
 */
export async function openConsoleFixture(
  people: People,
  findFunction?: () => Promise<string | undefined>,
): Promise<ConsoleFixture> {
  const fixture = await openAppFixture(findFunction)
  const { database } = fixture
  for (const [email, role] of Object.entries(people)) {
    await database.signUp(email)
    if (role === null) continue
    const { error } = await database.serviceClient.rpc('grant_role', { p_email: email, p_role: role })
    if (error) throw error
  }
  return {
    ...fixture,
    visit: async (email, path, { hasOwnClock = false, ...options } = desktop) => {
      const visitor = await fixture.openPageOf(email, options)
      if (hasOwnClock) await visitor.page.clock.install()
      await visitor.page.goto(path)
      return visitor
    },
  }
}

/** That axe finds nothing, and nothing sticks out. */
export async function expectSound(page: Page): Promise<void> {
  expect(await violations(page), page.url()).toEqual([])
  expect(await fitsTheWindow(page), page.url()).toBe(true)
}

export function fitsTheWindow(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)
}

/**
 * Walks with Tab until the focus is on what is called this, or begins so; waits until it is there.
 * @throws Error when it is not reached
 */
export async function tabTo(page: Page, name: string): Promise<void> {
  // An answer that is still on its way would bring it once the walk is over.
  await page.waitForFunction(
    (called) =>
      [...document.querySelectorAll('a, button, summary, input, select')].some((node) => {
        const isField = node instanceof HTMLInputElement || node instanceof HTMLSelectElement
        const label = isField ? node.labels?.[0]?.textContent : undefined
        const words = label ?? node.getAttribute('aria-label') ?? node.textContent
        return words.trim().startsWith(called) && node.checkVisibility() && !node.matches(':disabled')
      }),
    name,
  )
  for (let presses = 0; presses < 80; presses++) {
    if ((await focused(page)).startsWith(name)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${name} was not reached; the focus is on ${await focused(page)}.`)
}

/** What a link, a button or a field is called; empty for anything else: the page itself holds every text. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement
    if (at instanceof HTMLInputElement || at instanceof HTMLSelectElement)
      return (at.labels?.[0]?.textContent ?? at.getAttribute('aria-label') ?? '').trim()
    return at?.matches('a, button, summary') ? (at.getAttribute('aria-label') ?? at.textContent).trim() : ''
  })
}
