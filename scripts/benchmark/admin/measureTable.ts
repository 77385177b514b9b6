import type { Page } from 'playwright-core'
import { type Look, painted } from './painted.ts'

/** ms of each, by what was done. */
export type TableTimes = Record<'sort' | 'next' | 'last' | 'kind' | 'find', number[]>

/** Some that many tags have, some that few have or none; of one letter, at which an index of trigrams is no help, and of many. */
export const WORDS = ['abc', 'def 12', 'grace', '4567', 'praise', 'c0', 'ffe', 'merged', 'a', '99']

/** ms between two letters of a quick typist. */
const BETWEEN_LETTERS = 80

/** Works with the list as an admin does. @throws Error when a page does not come */
export async function measureTable(page: Page, words: readonly string[], runs: number): Promise<TableTimes> {
  const times: TableTimes = { sort: [], next: [], last: [], kind: [], find: [] }
  const address = new URL('/admin/tags', page.url()).href
  for (let run = 0; run <= runs; run++) {
    const seen: TableTimes = { sort: [], next: [], last: [], kind: [], find: [] }
    await page.goto(address)
    await page.getByRole('table').waitFor()
    for (const column of ['Songs', 'Songs', 'Made on', 'Made on', 'Name', 'Songs', 'Name', 'Name', 'Name']) {
      seen.sort.push(await painted(page, list, () => click(page, 'button', column)))
    }
    for (let turn = 0; turn < 5; turn++)
      seen.next.push(await painted(page, list, () => click(page, 'button', 'Next')))
    seen.last.push(await painted(page, list, () => click(page, 'button', 'Last')))
    seen.last.push(await painted(page, list, () => click(page, 'button', 'First')))
    for (const kind of ['custom', 'review', 'unused', 'all']) {
      seen.kind.push(await painted(page, list, () => page.getByLabel('Which').selectOption(kind)))
    }
    const field = page.getByLabel('Find a tag by a name or synonym')
    for (const word of words) {
      await field.fill('')
      await settled(page, '')
      await field.pressSequentially(word.slice(0, -1), { delay: BETWEEN_LETTERS })
      // Not an answer to the letters before.
      const look = `() => ({ ...(${list})(), ...(new URLSearchParams(location.search).get('q') !== '${word}' && { isReady: false }) })`
      seen.find.push(await painted(page, look, () => field.press(`${word.at(-1)}`)))
    }
    // The first round warms everything up, as the first minute of an admin does.
    if (run === 0) continue
    for (const key of Object.keys(times) as (keyof TableTimes)[]) times[key].push(...seen[key])
  }
  return times
}

const click = (page: Page, role: 'button', name: string) =>
  page.getByRole(role, { name, exact: true }).evaluate((element) => (element as HTMLElement).click())

/** Until the list shows the answer to a text. */
async function settled(page: Page, text: string): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      (new URLSearchParams(location.search).get('q') ?? '') === wanted &&
      document.querySelector('table')?.getAttribute('aria-busy') === 'false',
    text,
  )
}

const list: Look = `() => {
  const table = document.querySelector('table')
  return {
    isReady: table ? table.getAttribute('aria-busy') === 'false' : /No tag fits/.test(document.body.innerText),
    shown: location.search + table?.querySelector('tbody')?.textContent,
  }
}`
