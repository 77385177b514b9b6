import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Database } from '../../src/lib/database.types.ts'
import { type AppFixture, openAppFixture, signIn, type WatchedPage } from './appFixture.ts'

export const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
export const desktop = { viewport: { width: 1280, height: 900 } }

/** By address: a role, or null for somebody who has none. */
type People = Record<string, Database['public']['Enums']['app_role'] | null>

export interface ConsoleFixture extends AppFixture {
  /** Somebody on a page of the console, in a browser in which she has signed in before. */
  visit(email: string, path: string, options?: BrowserContextOptions): Promise<WatchedPage>
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
  const signedIn = new Map<string, Promise<SignedIn>>()
  return {
    ...fixture,
    visit: async (email, path, options = desktop) => {
      const known = signedIn.get(email) ?? signInOnce(fixture, email)
      signedIn.set(email, known)
      const visitor = await fixture.openPage({ ...options, storageState: await known })
      await visitor.page.goto(path)
      return visitor
    },
  }
}

type SignedIn = Exclude<BrowserContextOptions['storageState'], string | undefined>

async function signInOnce(fixture: AppFixture, email: string): Promise<SignedIn> {
  const { page } = await fixture.openPage(desktop)
  await page.goto('/sign-in?next=/')
  await signIn(page, email)
  await page.waitForURL(({ pathname }) => pathname === '/')
  const state = await page.context().storageState()
  await page.context().close()
  return state
}

/** That axe finds nothing, and nothing sticks out, in the light and in the dark. */
export async function expectSound(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await violations(page), `${colorScheme}, ${page.url()}`).toEqual([])
  }
  expect(await fitsTheWindow(page), page.url()).toBe(true)
}

export function fitsTheWindow(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)
}

const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe complains of, in a line each. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(`globalThis.axe || (() => { ${await axe} })()`)
  return page.evaluate(async () => {
    const { violations: found } = await (
      globalThis as unknown as {
        axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
      }
    ).axe.run()
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  })
}

/** Walks with Tab until the focus is on what is called this, or begins so. @throws Error when it is not reached */
export async function tabTo(page: Page, name: string): Promise<void> {
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
