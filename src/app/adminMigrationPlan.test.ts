import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { FunctionProcess } from '../../scripts/functions/startDeno.ts'
import { watchedPage } from '../../scripts/testing/appFixture.ts'
import {
  type ConsoleFixture,
  desktop,
  expectSound,
  openConsoleFixture,
  phone,
} from '../../scripts/testing/consoleFixture.ts'
import { startFunction, stopFunction } from '../../scripts/testing/functionFixture.ts'
import { addSongs, runnerFor, startRun, tagsBySong } from '../../scripts/testing/migrationFixture.ts'
import { emptyDatabase } from '../../scripts/testing/rollbackFixture.ts'
import { planHash } from '../features/tags/migration/plan.ts'
import { parsePlan } from '../features/tags/migration/planFile.ts'

const admin = 'admin@example.org'

let fixture: ConsoleFixture
let served: FunctionProcess

beforeAll(async () => {
  fixture = await openConsoleFixture({ [admin]: 'admin' }, async () => served.url)
  served = await startFunction(fixture.database)
})

afterEach(() => emptyDatabase(fixture.database))

afterAll(async () => {
  await stopFunction(served)
  await fixture?.close()
})

const state = (page: Page, name: string) => page.getByRole('heading', { level: 2, name, exact: true })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const grid = (page: Page) => page.getByRole('grid', { name: 'Themes' })
const facts = (page: Page, text: string) => page.getByText(text, { exact: true }).waitFor()
const activeRow = (page: Page) =>
  grid(page).evaluate((node) => {
    const row = document.getElementById(node.getAttribute('aria-activedescendant') ?? '')
    return row?.querySelector('td:nth-child(2)')?.textContent
  })

/** Until what was decided is kept, the page asks before it is left. */
const kept = (page: Page) =>
  expect
    .poll(() => page.evaluate(() => dispatchEvent(new Event('beforeunload', { cancelable: true }))))
    .toBe(true)

async function openPlan(options?: object) {
  const visitor = await fixture.visit(admin, '/admin/migration/plan', options)
  await grid(visitor.page).waitFor()
  return visitor
}

test('a plan is reviewed by keyboard alone, and a run is started with exactly that', async () => {
  const { sql } = fixture.database
  const [song = '', , compound = ''] = await addSongs(sql, [
    ['Pryaer'],
    ['Pryaer', 'Grace'],
    ['Mercy and Hope'],
    ['A tag of ours'],
    ['a Tag Of ours'],
  ])
  const { page, complaints } = await openPlan()
  // A function whose calls are too short to read so many themes says who can, and the review goes with it.
  const tooLarge = {
    outcome: 'not-started',
    again: false,
    message: 'Reading all themes takes longer than one call may.',
  }
  let isTooLarge = true
  await page.route('**/functions/v1/migrate-themes', (route) =>
    isTooLarge && route.request().postData()?.includes('"start"')
      ? route.fulfill({ json: tooLarge })
      : route.continue(),
  )
  await facts(page, '5 themes → 4 tags')
  await facts(page, '1 known, 3 new')
  await facts(page, '2 to review')

  // What needs review first, most songs first.
  await grid(page).focus()
  expect(await activeRow(page)).toBe('“Pryaer”')
  await page.getByText('Touches 2 songs.').waitFor()
  await page.getByText('→ Pryaer · Grace').waitFor()
  await page.keyboard.press('a')
  await facts(page, '1 to review')
  await facts(page, '2 known, 2 new')
  await page.getByText('→ Prayer · Grace').waitFor()

  await page.keyboard.press('ArrowDown')
  expect(await activeRow(page)).toBe('“Mercy and Hope”')
  await page.keyboard.press('e')
  const names = page.getByRole('textbox', { name: 'Tags, several with + between them' })
  expect(await names.inputValue()).toBe('Mercy + Hope')
  await names.fill('mercy + Hope + \u202eevil')
  await names.press('Enter')
  await page.getByText('has control or bidirectional characters').waitFor()
  await names.fill('mercy + Hope + Comfort of all')
  await page.getByText('Mercy (known) + Hope (known) + Comfort of all (new)').waitFor()
  await names.press('Enter')
  await facts(page, '0 to review')

  await grid(page).focus()
  await page.keyboard.press('End')
  await page.keyboard.press('r')
  const name = page.getByRole('textbox', { name: 'Name of the tag' })
  await name.fill('Ours')
  await name.press('Enter')
  await page.getByText('Renamed: 2 themes.').waitFor()
  await grid(page).focus()
  await page.keyboard.press('z')
  await page.getByText('Undone.').waitFor()
  await page.keyboard.press('c')
  await page.getByRole('combobox', { name: 'Category of a new tag' }).selectOption('Mood')
  await grid(page).focus()
  await page.keyboard.press('r')
  await name.fill('Ours')
  await name.press('Enter')
  await page.getByText('Renamed: 2 themes.').waitFor()

  await button(page, 'Start with this plan').press('Enter')
  await page.getByText('Reading all themes takes longer than one call may. Nothing was changed.').waitFor()
  await page.getByRole('code').getByText('npm run migrate -- --plan migration-plan.json').waitFor()
  isTooLarge = false

  await button(page, 'Start with the reviewed plan…').press('Enter')
  await button(page, 'Start with this plan').press('Enter')
  await state(page, 'Complete').waitFor()
  await page.getByText('Done: every song is migrated, validated and certified.').waitFor()
  const tags = await tagsBySong(sql)
  expect(tags.get(song)).toEqual(['Prayer'])
  expect(tags.get(compound)).toEqual(['Comfort of all', 'Hope', 'Mercy'])
  expect(await sql`select category::text from public.tags where name = 'Ours'`).toEqual([
    { category: 'mood' },
  ])
  expect(await sql`select count(*)::integer as n from public.tags where needs_review`).toEqual([{ n: 0 }])
  expect(complaints).toEqual([])
  await page.context().close()
})

test('a plan is decided in bulk, filtered and found', async () => {
  const { sql } = fixture.database
  const tags = await sql<{ name: string }[]>`
    select name from public.tags where name ~ '^[A-Z][a-z]+$' and name <> 'Grace' order by name limit 40`
  await addSongs(
    sql,
    tags.map(({ name }, n) => [`Grace/${name}`, `Theme ${n}`]),
  )
  const { page, complaints } = await openPlan()
  await facts(page, '40 to review')
  await page.getByRole('combobox', { name: 'Show' }).selectOption('To review (40)')
  await expect.poll(() => grid(page).getAttribute('aria-rowcount')).toBe('41')
  await grid(page).focus()
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await page.getByRole('heading', { name: '3 themes chosen' }).waitFor()
  await page.keyboard.press('a')
  await page.getByText('Accepted: 3 themes.').waitFor()
  await facts(page, '37 to review')
  await page.keyboard.press('Control+a')
  await page.getByRole('heading', { name: '40 themes chosen' }).waitFor()
  await page.keyboard.press('k')
  await page.getByText('Kept as tags of their own: 40 themes.').waitFor()
  await page.keyboard.press('Control+z')
  await facts(page, '37 to review')
  await page.keyboard.press('Escape')
  await page.getByRole('combobox', { name: 'Show' }).selectOption('Decided by you (3)')
  await expect.poll(() => grid(page).getAttribute('aria-rowcount')).toBe('4')
  await page.getByRole('combobox', { name: 'Show' }).selectOption('All themes')
  await page.getByRole('searchbox', { name: 'Find a theme or tag' }).fill('THEME 39')
  await expect.poll(() => grid(page).getAttribute('aria-rowcount')).toBe('2')

  // The pointer does the same.
  await page.getByRole('searchbox', { name: 'Find a theme or tag' }).fill('')
  await page.getByRole('combobox', { name: 'Show' }).selectOption('To review (37)')
  for (const { name } of tags.slice(-2)) {
    await page.getByRole('searchbox', { name: 'Find a theme or tag' }).fill(`Grace/${name}`)
    await page.getByRole('checkbox', { name: `Choose Grace/${name}`, exact: true }).check()
  }
  await page.getByRole('heading', { name: '2 themes chosen' }).waitFor()
  await page.getByRole('button', { name: /^Accept/ }).click()
  await facts(page, '35 to review')
  expect(complaints).toEqual([])
  await page.context().close()
})

test('a plan goes out and comes back as the file that the command reads', async () => {
  await addSongs(fixture.database.sql, [['Pryaer'], ['Mercy and Hope']])
  const { page } = await openPlan()
  await grid(page).focus()
  await page.keyboard.press('a')
  await facts(page, '1 to review')
  // What was decided is kept, and started only where it is to be seen.
  await page.getByRole('link', { name: 'Run', exact: true }).click()
  await button(page, 'Start with the reviewed plan…').click()
  await facts(page, '1 to review')
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Export plan').click()])
  const text = await readFile(await download.path(), 'utf8')
  const plan = parsePlan(text)
  expect(await planHash(plan)).not.toBe(await planHash((await runnerFor(fixture.database).preview()).plan))
  await button(page, 'Undo z').click()
  await facts(page, '2 to review')
  const file = page.getByLabel('Import plan')
  await file.setInputFiles({ name: 'plan.json', mimeType: 'application/json', buffer: Buffer.from('{') })
  await page.getByRole('alert').getByText('The plan file is not JSON').waitFor()
  const wrong = async (change: object, said: string) => {
    const buffer = Buffer.from(JSON.stringify({ ...JSON.parse(text), ...change }))
    await file.setInputFiles({ name: 'plan.json', mimeType: 'application/json', buffer })
    await page.getByRole('alert').getByText(said).waitFor()
  }
  await wrong({ owner: 'somebody' }, 'The plan file is wrong at the top')
  // Of another songbook.
  const elsewhere = { ...plan.entries[0], rawTheme: 'A theme of theirs' }
  await wrong({ source: '0'.repeat(64), entries: [elsewhere] }, '2 themes have come and 1 theme has gone')
  await facts(page, '2 to review')
  await file.setInputFiles({ name: 'plan.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  await page.getByText('The file differs from the plan as it was made in 1 theme.').waitFor()
  await facts(page, '1 to review')
  // What was decided outlives the page, and is still to be undone: by deciding anew.
  await kept(page)
  await page.reload()
  await page.getByText('1 decision from before is here again.').waitFor()
  await facts(page, '1 to review')
  const result = await runnerFor(fixture.database, { plan }).run()
  expect(result.phase).toBe('complete')
  await page.getByRole('link', { name: 'Run', exact: true }).click()
  await state(page, 'Complete').waitFor()
  await page.context().close()
})

test('what is decided in two tabs is decided in both, and outlives them', async () => {
  await addSongs(fixture.database.sql, [['Pryaer'], ['Mercy and Hope']])
  const { page: one } = await openPlan()
  const { page: two, complaints } = await watchedPage(one.context())
  await two.goto('/admin/migration/plan')
  await grid(two).focus()
  await grid(one).focus()
  await one.keyboard.press('a')
  await facts(two, '1 to review')
  await grid(two).focus()
  await two.keyboard.press('ArrowDown')
  await two.keyboard.press('a')
  await facts(one, '0 to review')
  // What the other one decided is not to be undone here.
  expect(await button(one, 'Undo z').count()).toBe(0)
  await two.keyboard.press('z')
  await facts(one, '1 to review')
  await two.keyboard.press('a')
  await facts(one, '0 to review')
  await kept(two)
  await two.reload()
  await two.getByText('2 decisions from before are here again.').waitFor()
  expect(complaints).toEqual([])
  await one.context().close()
})

test('the plan of a run that is on is frozen', async () => {
  await addSongs(fixture.database.sql, [['Grace']])
  await startRun(fixture.database)
  const { page } = await fixture.visit(admin, '/admin/migration/plan')
  await page.getByText('The plan is frozen while a run is on').waitFor()
  await page.context().close()
})

test.each([
  ['phone', phone],
  ['desktop', desktop],
])('on a %s axe finds nothing, and nothing sticks out', async (_name, options) => {
  await addSongs(
    fixture.database.sql,
    Array.from(
      { length: 20 },
      (_, n) => [['Grace', 'Pryaer'], ['Mercy and Hope'], ['A tag of its own']][n % 3] ?? null,
    ),
  )
  const { page } = await openPlan(options)
  await page.getByText(/^Touches/).waitFor()
  await expectSound(page)
  await page.getByRole('button', { name: /^Change or split/ }).click()
  await expectSound(page)
  await page.keyboard.press('Escape')
  // Turned, or made smaller: each row has the room that its text takes there.
  const heights = () =>
    grid(page)
      .locator('tbody tr')
      .evaluateAll((rows) => [...new Set(rows.map((row) => Math.round(row.getBoundingClientRect().height)))])
  for (const [width, height] of [
    [1280, 44],
    [390, 68],
  ] as const) {
    await page.setViewportSize({ width, height: 900 })
    await expect.poll(heights).toEqual([height])
  }
  await page.context().close()
})
