import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Names of the parts by selectors, and lists of what is in order, are most of its time. */
const TERSE: RunOptions = { resultTypes: ['violations'], selectors: false }

/** px; narrower pages are a phone's. */
const PHONE = 500

/**
 * What axe complains of, in a line each: all of it in the light, and in the dark what the other colours can change. Those
 * do not depend on the room: on a phone the light is enough.
 */
export async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(`(() => { ${await axe} })()`)
  const inTheLight = await violationsIn(page, 'light', TERSE)
  if ((page.viewportSize()?.width ?? 0) < PHONE) return inTheLight
  return [...inTheLight, ...(await violationsIn(page, 'dark', { ...TERSE, runOnly: ['cat.color'] }))]
}

async function violationsIn(
  page: Page,
  colorScheme: 'light' | 'dark',
  options: RunOptions,
): Promise<string[]> {
  await page.emulateMedia({ colorScheme })
  const lines = await page.evaluate(async (how) => {
    // What moves from one colour to the other has arrived.
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
    await Promise.allSettled(ending.map((animation) => animation.finished))
    const found = await (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run(how)
    return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
  }, options)
  return lines.map((line) => `${colorScheme}: ${line}`)
}
