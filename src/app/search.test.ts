import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { AppFixture } from '../../scripts/testing/appFixture.ts'
import { violations } from '../../scripts/testing/axe.ts'
import {
  chip,
  count,
  desktop,
  done,
  field,
  filters,
  openSearchApp,
  PSALMS,
  phone,
  query,
  readyForOffline,
  song,
  songs,
  tagId,
} from '../../scripts/testing/searchApp.ts'

let fixture: AppFixture

beforeAll(async () => {
  fixture = await openSearchApp()
})
afterAll(() => fixture?.close())

describe.each([
  ['phone', phone],
  ['desktop', desktop],
])('on a %s', (_name, options) => {
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    const opened = await fixture.openPage(options)
    page = opened.page
    complaints = opened.complaints
  })
  afterAll(() => page?.context().close())
  afterEach(() => {
    expect(complaints.splice(0)).toEqual([])
  })

  test('filters narrow the songs one by one, stand in the address, and go back one by one', async () => {
    await page.goto('/?q=water')
    await count(page, '2 songs').waitFor()
    const area = await filters(page)
    // What a filter says it would leave is what it leaves.
    await area.getByRole('button', { name: /^G ?, songs: 2/ }).click()
    await expect.poll(() => query(page).get('key')).toBe('G')
    await area.getByRole('button', { name: /^Hope ?, 1 song/ }).click()
    await expect.poll(() => query(page).get('tags')).toBe(await tagId(fixture, 'Hope'))
    await done(page)
    await count(page, '1 song').waitFor()
    await song(page, 'Still waters').waitFor()
    await chip(page, 'key G').waitFor()

    await page.goBack()
    await count(page, '2 songs').waitFor()
    await chip(page, 'Hope').waitFor({ state: 'detached' })
    await page.goForward()
    await chip(page, 'Hope').click()
    await count(page, '2 songs').waitFor()
    await chip(page, 'key G').click()
    await expect.poll(() => new URL(page.url()).search).toBe('?q=water')
  })

  test('tags: all of, any of, none of', async () => {
    await page.goto('/')
    const area = await filters(page)
    await area.getByRole('radio', { name: 'Any of' }).check({ force: true })
    await area.getByRole('button', { name: /^Hope ?, 2 songs/ }).click()
    await expect.poll(() => query(page).get('any')).toBe(await tagId(fixture, 'Hope'))
    await area.getByRole('textbox', { name: 'Find a tag' }).fill('merc')
    await area.getByRole('button', { name: /^Mercy/ }).click()
    // The next choice goes on from this one once it is shown.
    await area.getByRole('button', { name: /^Mercy/, pressed: true }).waitFor()
    await area.getByRole('textbox', { name: 'Find a tag' }).fill('')
    await area.getByRole('radio', { name: 'None of' }).check({ force: true })
    await area.getByRole('button', { name: /^Advent/ }).click()
    await done(page)
    await count(page, '2 songs').waitFor()
    await song(page, 'Still waters').waitFor()
    await song(page, 'Waters of mercy').waitFor()
    expect(query(page).get('any')?.split(',')).toEqual([
      await tagId(fixture, 'Hope'),
      await tagId(fixture, 'Mercy'),
    ])
    expect(query(page).get('not')).toBe(await tagId(fixture, 'Advent'))
    await page.getByRole('button', { name: 'Clear all' }).click()
    await count(page, '243 songs').waitFor()
  })

  test('ranges and order: by number, by step, from a link', async () => {
    await page.goto('/?difficulty=1-3&sort=newest')
    await count(page, '2 songs').waitFor()
    expect(await songs(page).getByRole('link').first().textContent()).toBe('Waters of mercy')
    await page.getByRole('combobox', { name: 'Sort' }).selectOption('Title')
    await expect.poll(() => songs(page).getByRole('link').first().textContent()).toBe('Über den Wassern')
    const area = await filters(page)
    await area.getByRole('spinbutton', { name: 'Tempo, to' }).fill('100')
    await area.getByRole('spinbutton', { name: 'Tempo, to' }).press('Enter')
    await expect.poll(() => query(page).get('tempo')).toBe('-100')
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe('to')
    await area.getByRole('button', { name: /^4 of 5/ }).click()
    await expect.poll(() => query(page).get('difficulty')).toBe('4')
    await done(page)
    await song(page, 'Still waters').waitFor()
  })

  // The same in any room: shown where there is least.
  if (options === desktop) return

  test('songs are found by words wherever they are, and what matched is marked', async () => {
    await page.goto('/')
    await count(page, '243 songs').waitFor()
    await field(page).fill('WATERS')
    await count(page, '2 songs').waitFor()
    await field(page).fill('uber wass')
    await count(page, '1 song').waitFor()
    await expect.poll(() => songs(page).locator('mark').allTextContents()).toEqual(['Über', 'Wass'])
    await field(page).fill('anker')
    await songs(page).getByText('Es ist ein Anker für die Seele').waitFor()
    await expect.poll(() => songs(page).locator('mark').allTextContents()).toEqual(['Anker'])
    await field(page).fill('muller')
    await expect.poll(() => songs(page).locator('mark').allTextContents()).toEqual(['Müller'])
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    expect(await page.title()).toBe('“muller” – HSA Songbook')
  })

  test('two hundred songs are a few rows, all of them reached, and going back leads to the same place', async () => {
    await page.goto('/?q=psalm')
    await count(page, `${PSALMS} songs`).waitFor()
    await songs(page).and(page.locator('[style*="height"]')).waitFor()
    const rows = songs(page).getByRole('listitem').and(page.locator('[data-index]'))
    for (const last of ['Psalm 080', 'Psalm 160', 'Psalm 240']) {
      await expect
        .poll(async () => {
          // Row after row, so that none is passed by unseen.
          await rows.last().scrollIntoViewIfNeeded()
          return songs(page).getByRole('link', { name: last, exact: true }).count()
        })
        .toBe(1)
    }
    expect(await rows.count()).toBeLessThan(80)
    expect(await rows.last().getAttribute('aria-setsize')).toBe(`${PSALMS}`)
    expect(await rows.last().getAttribute('aria-posinset')).toBe(`${PSALMS}`)
    await song(page, 'Psalm 230').click()
    await page.getByRole('heading', { level: 1, name: 'Psalm 230' }).waitFor()
    await page.goBack()
    // Drawn above and below the window, too, until the page is where it was.
    const top = async () => (await song(page, 'Psalm 230').boundingBox())?.y ?? 0
    await expect.poll(top).toBeGreaterThan(0)
    await expect.poll(top).toBeLessThan(options.viewport.height)
  })
})

test('by the keyboard alone: / to the field, arrows through the songs, Enter opens, Escape clears', async () => {
  const { page } = await fixture.openPage(desktop)
  await page.goto('/')
  await count(page, '243 songs').waitFor()
  await songs(page).and(page.locator('[style*="height"]')).waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('psalm')
  await count(page, `${PSALMS} songs`).waitFor()
  const focused = () => page.evaluate(() => document.activeElement?.textContent)
  for (const title of ['Psalm 001', 'Psalm 002', 'Psalm 003']) {
    await page.keyboard.press('ArrowDown')
    expect(await focused()).toBe(title)
  }
  await page.keyboard.press('ArrowUp')
  expect(await focused()).toBe('Psalm 002')
  for (let next = 3; next <= 62; next++) {
    // Nobody gets to a row before it is drawn.
    await song(page, `Psalm ${String(next).padStart(3, '0')}`).waitFor({ state: 'attached' })
    await page.keyboard.press('ArrowDown')
  }
  expect(await focused()).toBe('Psalm 062')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Psalm 062' }).waitFor()
  await page.goBack()
  await song(page, 'Psalm 062').waitFor()
  // A page that has taken the focus over hears keys.
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('content')

  await page.keyboard.press('/')
  expect(await field(page).inputValue()).toBe('psalm')
  await page.keyboard.press('Escape')
  await count(page, '243 songs').waitFor()
  expect(new URL(page.url()).search).toBe('')
  // In a field of its own a slash is a slash.
  const find = page.getByRole('textbox', { name: 'Find a tag' })
  await find.press('/')
  expect(await find.inputValue()).toBe('/')
  await page.context().close()
})

test('a filter that is taken off by the keyboard leaves the focus beside it', async () => {
  const { page } = await fixture.openPage(desktop)
  await page.goto('/?key=G,Eb&difficulty=1-4')
  await count(page, '3 songs').waitFor()
  await chip(page, 'key G').press('Enter')
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Take off: key E♭')
  await chip(page, 'key E♭').press('Enter')
  await chip(page, 'difficulty 1–4').press('Enter')
  await expect.poll(() => new URL(page.url()).search).toBe('')
  expect(await field(page).evaluate((input) => input === document.activeElement)).toBe(true)
  await page.context().close()
})

test.each([
  ['phone', phone],
  ['desktop', desktop],
])('axe finds nothing on a %s', async (_name, options) => {
  const { page } = await fixture.openPage(options)
  await page.goto(`/?q=water&key=G&not=${await tagId(fixture, 'Lent')}&difficulty=1-5`)
  await song(page, 'Still waters').waitFor()
  await songs(page).locator('mark').first().waitFor()
  expect(await violations(page), 'with songs').toEqual([])
  const area = await filters(page)
  await area.getByRole('textbox', { name: 'Find a tag' }).fill('hop')
  await area.getByRole('button', { name: /^Hope ?,/ }).waitFor()
  expect(await violations(page), 'with the filters').toEqual([])
  await done(page)
  await field(page).press('Enter')
  await field(page).fill('')
  await page.getByRole('region', { name: 'Recent searches' }).waitFor()
  expect(await violations(page), 'with recent searches').toEqual([])
  await page.goto('/?q=advnt&tempo=90-60&sort=x')
  await page.getByRole('region', { name: 'Songs tagged' }).waitFor()
  expect(await violations(page), 'with nothing found').toEqual([])
  await page.goto('/?q=water')
  await song(page, 'Still waters').waitFor()
  await readyForOffline(page)
  await page.context().setOffline(true)
  await field(page).fill('hope')
  await page.getByText('You are offline').waitFor()
  expect(await violations(page), 'offline').toEqual([])
  await page.context().close()
})
