import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AppFixture, openAppFixture, signIn, watchedPage } from '../../scripts/testing/appFixture.ts'

const leader = 'leader@example.org'
const editor = 'editor@example.org'
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const desktop = { viewport: { width: 1280, height: 900 } }
const PSALMS = 240

let fixture: AppFixture
let axe: string

beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  fixture = await openAppFixture()
  const { database } = fixture
  for (const email of [leader, editor]) await database.signUp(email)
  const { error } = await database.serviceClient.rpc('grant_role', { p_email: editor, p_role: 'editor' })
  if (error) throw error
  await fillSongbook()
}, 60_000)

afterAll(async () => {
  await fixture?.close()
})

async function fillSongbook(): Promise<void> {
  const { sql } = fixture.database
  await sql`
    with psalms as (
      insert into public.songs (title) select 'Psalm ' || lpad(n::text, 3, '0') from generate_series(1, ${PSALMS}) as n
      returning id
    )
    insert into public.song_tags (song_id, tag_id)
    select p.id, t.id from psalms as p join public.tags as t on t.name = 'Praise'`
  const songs = [
    [
      'Über den Wassern',
      'Anna Müller',
      'Erste Zeile\nEs ist ein Anker für die Seele',
      ['Hope', 'Advent'],
      'Eb',
      72,
      2,
    ],
    ['Still waters', 'Ben Test', 'One line', ['Hope', 'Peace'], 'G', 96, 4],
    ['Waters of mercy', null, null, ['Mercy', 'Lent'], 'G', 120, 1],
  ] as const
  for (const [title, artist, lyrics, tags, key, tempo, difficulty] of songs) {
    const [song] = await sql`
      insert into public.songs (title, artist, lyrics) values (${title}, ${artist}, ${lyrics}) returning id`
    await sql`
      insert into public.song_tags (song_id, tag_id)
      select ${song?.id}, t.id from public.tags as t where t.name in ${sql([...tags])}`
    await sql`
      insert into public.arrangements (song_id, name, key, tempo, difficulty)
      values (${song?.id}, 'Band', ${key}, ${tempo}, ${difficulty})`
  }
}

const field = (page: Page) => page.getByRole('searchbox', { name: 'Search songs' })
const songs = (page: Page) => page.getByRole('list', { name: 'Songs' })
const song = (page: Page, title: string) => songs(page).getByRole('link', { name: title, exact: true })
const count = (page: Page, text: string) => page.getByRole('status').getByText(text, { exact: true })
const chip = (page: Page, words: string) => page.getByRole('button', { name: `Take off: ${words}` })
const query = (page: Page) => new URL(page.url()).searchParams

async function tagId(name: string): Promise<string> {
  const [tag] = await fixture.database.sql<{ id: string }[]>`select id from public.tags where name = ${name}`
  return tag?.id ?? ''
}

/** Where the filters are: beside the songs, or in the sheet, which is opened. */
async function filters(page: Page) {
  const button = page.getByRole('button', { name: /^Filters/ })
  if ((await button.count()) === 0) return page.getByRole('complementary', { name: 'Filters' })
  await button.click()
  return page.getByRole('dialog', { name: 'Filters' })
}

/** Puts the sheet away, where there is one. */
async function done(page: Page): Promise<void> {
  const sheet = page.getByRole('dialog', { name: 'Filters' })
  if ((await sheet.count()) === 0) return
  await sheet.getByRole('button', { name: /^Show \d/ }).click()
  await sheet.waitFor({ state: 'detached' })
}

describe.each([
  ['phone', phone],
  ['desktop', desktop],
])('on a %s', (_name, options) => {
  test('songs are found by words wherever they are, and what matched is marked', async () => {
    const { page, complaints } = await fixture.openPage(options)
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
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('filters narrow the songs one by one, stand in the address, and go back one by one', async () => {
    const { page, complaints } = await fixture.openPage(options)
    await page.goto('/?q=water')
    await count(page, '2 songs').waitFor()
    const area = await filters(page)
    // What a filter says it would leave is what it leaves.
    await area.getByRole('button', { name: /^G ?, songs: 2/ }).click()
    await expect.poll(() => query(page).get('key')).toBe('G')
    await area.getByRole('button', { name: /^Hope ?, 1 song/ }).click()
    await expect.poll(() => query(page).get('tags')).toBe(await tagId('Hope'))
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
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('tags: all of, any of, none of', async () => {
    const { page } = await fixture.openPage(options)
    await page.goto('/')
    const area = await filters(page)
    await area.getByRole('radio', { name: 'Any of' }).check({ force: true })
    await area.getByRole('button', { name: /^Hope ?, 2 songs/ }).click()
    await expect.poll(() => query(page).get('any')).toBe(await tagId('Hope'))
    await area.getByRole('textbox', { name: 'Find a tag' }).fill('merc')
    await area.getByRole('button', { name: /^Mercy/ }).click()
    await area.getByRole('textbox', { name: 'Find a tag' }).fill('')
    await area.getByRole('radio', { name: 'None of' }).check({ force: true })
    await area.getByRole('button', { name: /^Advent/ }).click()
    await done(page)
    await count(page, '2 songs').waitFor()
    await song(page, 'Still waters').waitFor()
    await song(page, 'Waters of mercy').waitFor()
    expect(query(page).get('any')?.split(',')).toEqual([await tagId('Hope'), await tagId('Mercy')])
    expect(query(page).get('not')).toBe(await tagId('Advent'))
    await page.getByRole('button', { name: 'Clear all' }).click()
    await count(page, '243 songs').waitFor()
    await page.context().close()
  })

  test('ranges and order: by number, by step, from a link', async () => {
    const { page } = await fixture.openPage(options)
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
    await page.context().close()
  })

  test('two hundred songs are a few rows, all of them reached, and going back leads to the same place', async () => {
    const { page, complaints } = await fixture.openPage(options)
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
    await song(page, 'Psalm 230').waitFor()
    const box = await song(page, 'Psalm 230').boundingBox()
    expect(box?.y).toBeGreaterThan(0)
    expect(box?.y).toBeLessThan(options.viewport.height)
    expect(complaints).toEqual([])
    await page.context().close()
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
  for (let pressed = 0; pressed < 60; pressed++) await page.keyboard.press('ArrowDown')
  expect(await focused()).toBe('Psalm 062')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Psalm 062' }).waitFor()
  await page.goBack()
  await song(page, 'Psalm 062').waitFor()

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

describe('addresses that nobody should have', () => {
  test.each([
    ['ten thousand letters', `q=${'x'.repeat(10_000)}`, 'No song fits'],
    ['a lone surrogate', 'q=%ED%A0%80', 'No song fits'],
    ['a NUL', 'q=a%00b', 'No song fits'],
    ['wildcards and quotes', `q=${encodeURIComponent(`%_*'";--\\`)}`, 'No song fits'],
    ['a tag that is none', 'tags=not-a-tag', 'No song fits'],
    ['a tag that is not there', 'tags=00000000-0000-4000-8000-000000000000', 'No song fits'],
    ['a tag with a NUL', 'tags=a%00b', 'No song fits'],
    ['a range upside down', 'difficulty=4-2', 'The range of difficulties is upside down'],
    ['a difficulty that is none', 'difficulty=0-9999', '3 songs'],
    ['a range that is none', 'tempo=fast', 'A part of this link could not be read'],
    ['a key that is none', 'key=H', '“key=H” is left out'],
    ['an order that is none', 'sort=loudest', '243 songs'],
    ['all of it', 'q=%00&tags=,,&any=,&not=%F0&category=x&key=&difficulty=--&tempo=9-1&sort=', 'upside down'],
  ])('%s: a message or an empty result', async (_what, address, said) => {
    const { page, complaints } = await fixture.openPage(desktop)
    await page.goto(`/?${address}`)
    await page.getByText(said).first().waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('whatever is typed', async () => {
    const { page, complaints } = await fixture.openPage(desktop)
    await page.goto('/')
    for (const text of [
      '\ud800',
      'a\udc00b',
      '%%%',
      '(((',
      "';drop table songs--",
      '🎵',
      'و',
      '\u202e',
      'x'.repeat(600),
    ]) {
      await field(page).fill('psalm')
      await count(page, `${PSALMS} songs`).waitFor()
      await field(page).evaluate((input: HTMLInputElement, typed) => {
        // As a page's script or an input method would: a test's keyboard sends only text that is well formed.
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, typed)
        input.dispatchEvent(new Event('input', { bubbles: true }))
      }, text)
      // What folds to nothing looks for nothing.
      await page.getByText('No song fits').or(count(page, '243 songs')).waitFor()
    }
    expect(complaints).toEqual([])
    await page.context().close()
  })
})

describe('when there is nothing to show', () => {
  test('loading: the songs will stand where the skeleton stands', async () => {
    const { page } = await fixture.openPage(desktop)
    let answer = (): void => undefined
    const asked = new Promise<void>((resolve) => {
      answer = resolve
    })
    await page.route('**/rpc/search_songs*', async (route) => {
      await asked
      await route.continue()
    })
    await page.goto('/?q=water')
    await page.getByText('Loading songs…').waitFor()
    const top = async (selector: string) => (await page.locator(selector).first().boundingBox())?.y
    const before = await top('[class*="row"]')
    answer()
    await song(page, 'Waters of mercy').waitFor()
    expect(await top('li[data-index]')).toBe(before)
    await page.context().close()
  })

  test('nothing found: the nearest tags are proposed, and filters to take off', async () => {
    const { page } = await fixture.openPage(desktop)
    await page.goto(`/?q=advnt&tags=${await tagId('Praise')}`)
    await page.getByText('No song fits').waitFor()
    await page.getByRole('button', { name: 'Search without filters' }).click()
    await page
      .getByRole('region', { name: 'Songs tagged' })
      .getByRole('button', { name: /^Advent/ })
      .click()
    await song(page, 'Über den Wassern').waitFor()
    expect(query(page).get('tags')).toBe(await tagId('Advent'))
    expect(query(page).get('q')).toBeNull()
    await page.context().close()
  })

  test('a server in trouble: said, and tried again', async () => {
    const { page } = await fixture.openPage(desktop)
    await page.route('**/rpc/search_songs*', (route) =>
      route.fulfill({ status: 400, json: { message: 'boom' } }),
    )
    await page.goto('/?q=water')
    await page.getByRole('alert').getByText('The songs could not be read').waitFor()
    await page.unroute('**/rpc/search_songs*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await count(page, '2 songs').waitFor()
    await page.context().close()
  })

  test('offline: the last results stay, and what the device has seen is searched', async () => {
    const { page, complaints } = await fixture.openPage(desktop)
    await page.goto('/?q=water')
    await count(page, '2 songs').waitFor()
    // What the search needs is fetched while the browser is idle.
    await page.waitForLoadState('networkidle')
    await page.context().setOffline(true)
    await page.getByText('Offline', { exact: true }).waitFor()
    await song(page, 'Still waters').waitFor()
    await field(page).fill('hope')
    await page.getByText('You are offline').waitFor()
    await song(page, 'Still waters').waitFor()
    expect(await songs(page).getByRole('link', { name: 'Waters of mercy' }).count()).toBe(0)
    await field(page).fill('psalm')
    await page.getByText('None of the songs that this device has seen fits').waitFor()
    expect(await page.getByText(/^\d+ songs?$/).count()).toBe(0)
    await page.context().setOffline(false)
    await count(page, `${PSALMS} songs`).waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('a songbook that cannot be reached: said, and what the device has seen is searched', async () => {
    const { page } = await fixture.openPage(desktop)
    await page.goto('/?q=water')
    await count(page, '2 songs').waitFor()
    await page.route('**/rpc/search_songs*', (route) => route.abort())
    await field(page).fill('hope')
    await page.getByText('The songbook cannot be reached').waitFor()
    await song(page, 'Still waters').waitFor()
    await page.unroute('**/rpc/search_songs*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('The songbook cannot be reached').waitFor({ state: 'detached' })
    await page.context().close()
  })
})

test('what was found is there again at the next visit, before the server has answered', async () => {
  const { page } = await fixture.openPage(desktop)
  await page.goto('/?q=water')
  await count(page, '2 songs').waitFor()
  await expect.poll(() => page.evaluate(() => Object.keys(sessionStorage).join())).toContain('search:')
  await page.route('**/rpc/search_songs*', () => undefined)
  await page.reload()
  await count(page, '2 songs').waitFor()
  await page.context().close()
})

test('a song that is edited, in this tab or another one, is found as it is now', async () => {
  const { sql } = fixture.database
  const [made] = await sql`insert into public.songs (title) values ('Quiet brook') returning id`
  const { page } = await fixture.openPage(desktop)
  await page.goto(`/sign-in?next=/`)
  await signIn(page, editor)
  await field(page).fill('brook')
  await count(page, '1 song').waitFor()
  const { page: other } = await watchedPage(page.context())
  await other.goto('/?q=brook')
  await count(other, '1 song').waitFor()

  await song(page, 'Quiet brook').click()
  await page.getByRole('link', { name: 'Edit song' }).click()
  await page.getByLabel('Title').fill('Loud brook')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { level: 1, name: 'Loud brook' }).waitFor()
  await song(other, 'Loud brook').waitFor()
  await page.goto('/?q=brook')
  await song(page, 'Loud brook').waitFor()
  await sql`delete from public.songs where id = ${made?.id}`
  await page.context().close()
})

test('recent searches are offered, forgotten one by one, and gone when their owner signs out', async () => {
  const { page } = await fixture.openPage(desktop)
  const stored = () => page.evaluate(() => JSON.stringify(localStorage))
  await page.goto('/sign-in?next=/')
  await signIn(page, leader)
  await field(page).fill('water')
  await count(page, '2 songs').waitFor()
  await field(page).press('Enter')
  await expect.poll(stored).toContain('water')
  await page.goto(`/?tags=${await tagId('Mercy')}`)
  await song(page, 'Waters of mercy').click()
  await page.getByRole('heading', { level: 1, name: 'Waters of mercy' }).waitFor()

  await page.goto('/')
  await count(page, '243 songs').waitFor()
  await page.keyboard.press('/')
  const recent = page.getByRole('region', { name: 'Recent searches' })
  await expect.poll(() => recent.getByRole('link').allTextContents()).toEqual(['Mercy', '“water”'])
  await recent.getByRole('button', { name: 'Forget Mercy' }).click()
  await field(page).press('ArrowDown')
  await recent.getByRole('link', { name: '“water”' }).press('Enter')
  await count(page, '2 songs').waitFor()
  await recent.waitFor({ state: 'detached' })

  await page.getByRole('button', { name: `Account of ${leader}` }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('link', { name: 'Sign in' }).waitFor()
  await expect.poll(stored).not.toContain('water')
  await page.context().close()
})

test('a song counts as used when somebody who is signed in opens it', async () => {
  const { sql } = fixture.database
  const uses = async () => {
    const [row] = await sql<{ uses: number }[]>`
      select u.uses from song_search.song as u join public.songs as s on s.id = u.song_id where s.title = 'Psalm 007'`
    return row?.uses
  }
  const { page } = await fixture.openPage(desktop)
  await page.goto('/?q=psalm+007')
  await song(page, 'Psalm 007').click()
  await page.getByRole('heading', { level: 1, name: 'Psalm 007' }).waitFor()
  await page.waitForLoadState('networkidle')
  expect(await uses()).toBe(0)
  await page.getByRole('link', { name: 'Sign in' }).click()
  await signIn(page, leader)
  await page.getByRole('heading', { level: 1, name: 'Psalm 007' }).waitFor()
  await expect.poll(uses).toBe(1)
  await page.goto('/?q=psalm&sort=most_used')
  await song(page, 'Psalm 007').waitFor()
  expect(await songs(page).getByRole('link').first().textContent()).toBe('Psalm 007')
  await page.context().close()
})

test('an old link to a tag leads to the search for it', async () => {
  const { page } = await fixture.openPage(desktop)
  await page.goto('/?tag=mercy')
  await song(page, 'Waters of mercy').waitFor()
  expect(query(page).get('tags')).toBe(await tagId('Mercy'))
  expect(query(page).get('tag')).toBeNull()
  await page.context().close()
})

describe.each(['light', 'dark'] as const)('in the %s', (colorScheme) => {
  test.each([
    ['phone', phone],
    ['desktop', desktop],
  ])('axe finds nothing on a %s', async (_name, options) => {
    const { page } = await fixture.openPage({ ...options, colorScheme })
    await page.goto(`/?q=water&key=G&not=${await tagId('Lent')}&difficulty=1-5`)
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
    await page.waitForLoadState('networkidle')
    await page.context().setOffline(true)
    await field(page).fill('hope')
    await page.getByText('You are offline').waitFor()
    expect(await violations(page), 'offline').toEqual([])
    await page.context().close()
  })
})

/** What axe complains of, in a line each. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }
    const { violations: found } = await axe.run()
    return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
  })
}
