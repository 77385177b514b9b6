import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AppFixture, signIn, watchedPage } from '../../scripts/testing/appFixture.ts'
import {
  count,
  desktop,
  editor,
  field,
  leader,
  openSearchApp,
  PSALMS,
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

describe('addresses that nobody should have', () => {
  test('a message or an empty result', async () => {
    const { page, complaints } = await fixture.openPage(desktop)
    for (const [what, address, said] of [
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
      [
        'all of it',
        'q=%00&tags=,,&any=,&not=%F0&category=x&key=&difficulty=--&tempo=9-1&sort=',
        'upside down',
      ],
    ] as const) {
      await page.goto(`/?${address}`)
      await page.getByText(said).first().waitFor()
      expect(complaints, what).toEqual([])
    }
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
    // The first rows give way to the virtual ones.
    await expect.poll(() => top('li[data-index]')).toBe(before)
    await page.context().close()
  })

  test('nothing found: the nearest tags are proposed, and filters to take off', async () => {
    const { page } = await fixture.openPage(desktop)
    await page.goto(`/?q=advnt&tags=${await tagId(fixture, 'Praise')}`)
    await page.getByText('No song fits').waitFor()
    await page.getByRole('button', { name: 'Search without filters' }).click()
    await page
      .getByRole('region', { name: 'Songs tagged' })
      .getByRole('button', { name: /^Advent/ })
      .click()
    await song(page, 'Über den Wassern').waitFor()
    expect(query(page).get('tags')).toBe(await tagId(fixture, 'Advent'))
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
    await readyForOffline(page)
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
    await page.clock.install()
    await page.goto('/?q=water')
    await count(page, '2 songs').waitFor()
    await page.route('**/rpc/search_songs*', (route) => route.abort())
    await field(page).fill('hope')
    await expect
      .poll(async () => {
        // It asks again by itself, after a while each time.
        await page.clock.fastForward(2000)
        return page.getByText('The songbook cannot be reached').count()
      })
      .toBe(1)
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
  const { page } = await fixture.openPageOf(editor, desktop)
  await page.goto('/')
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
  const { page } = await fixture.openPageOf(leader, desktop)
  const stored = () => page.evaluate(() => JSON.stringify(localStorage))
  await page.goto('/')
  await field(page).fill('water')
  await count(page, '2 songs').waitFor()
  await field(page).press('Enter')
  await expect.poll(stored).toContain('water')
  await page.goto(`/?tags=${await tagId(fixture, 'Mercy')}`)
  await song(page, 'Waters of mercy').click()
  await page.getByRole('heading', { level: 1, name: 'Waters of mercy' }).waitFor()
  await expect.poll(stored).toContain('Mercy')

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
  expect(query(page).get('tags')).toBe(await tagId(fixture, 'Mercy'))
  expect(query(page).get('tag')).toBeNull()
  await page.context().close()
})
