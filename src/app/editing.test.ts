import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type AppFixture, openAppFixture, signIn, watchedPage } from '../../scripts/testing/appFixture.ts'
import { violations } from '../../scripts/testing/axe.ts'

const editor = 'editor@example.org'
const leader = 'leader@example.org'
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const desktop = { viewport: { width: 1280, height: 900 } }

let fixture: AppFixture
let song: string

beforeAll(async () => {
  fixture = await openAppFixture()
  const { database } = fixture
  for (const email of [editor, leader]) await database.signUp(email)
  const { error } = await database.serviceClient.rpc('grant_role', { p_email: editor, p_role: 'editor' })
  if (error) throw error
  await database.sql`
    with psalms as (insert into public.songs (title) select 'Psalm ' || n from generate_series(1, 20) as n returning id)
    insert into public.song_tags (song_id, tag_id)
    select p.id, t.id from psalms as p join public.tags as t on t.name in ('Praise', 'Hope')`
})

beforeEach(async () => {
  const { sql } = fixture.database
  const [row] = await sql<{ id: string }[]>`
    insert into public.songs (title, artist, lyrics) values ('Still waters', 'Anna Test', 'One line') returning id`
  song = row?.id ?? ''
  await sql`
    insert into public.song_tags (song_id, tag_id) select ${song}, t.id from public.tags as t where t.name = 'Grace'`
})

afterAll(async () => {
  await fixture?.close()
})

/** Somebody on the song's page, signed in. */
async function visit(email: string, options: object = desktop) {
  const visitor = await fixture.openPageOf(email, options)
  await visitor.page.goto(`/songs/${song}`)
  await visitor.page.getByRole('heading', { level: 1, name: 'Still waters' }).waitFor()
  return visitor
}

/** The song's tag field, open and with the tags at hand. */
async function editTags(page: Page) {
  await page.getByRole('button', { name: 'Edit tags' }).click()
  await page.locator('[data-catalogue="ready"]').waitFor()
  return tagField(page)
}

const tagField = (page: Page) => page.getByRole('combobox', { name: 'Tags' })
const chips = (page: Page) => page.getByRole('button', { name: /^Remove / })
const row = (page: Page, name: string | RegExp) => page.getByRole('option', { name })

async function storedTags(): Promise<string[]> {
  const rows = await fixture.database.sql<{ name: string }[]>`
    select t.name from public.song_tags as l join public.tags as t on t.id = l.tag_id
    where l.song_id = ${song} order by t.name`
  return rows.map(({ name }) => name)
}

// In the least room. On a desktop they are what the other tests begin with.
test('on a phone an editor tags a song where it stands, without a request while she types', async () => {
  const { page, complaints } = await visit(editor, phone)
  const field = await editTags(page)
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  await field.pressSequentially('thanksgivng')
  await row(page, /Did you mean Thanksgiving\?/).waitFor()
  await field.fill('xmas')
  await row(page, /^Christmas matched Xmas/).waitFor()
  expect(requests).toEqual([])
  await field.press('Enter')
  await page.getByRole('button', { name: 'Remove Christmas' }).waitFor()
  await field.press('Backspace')
  await page.getByRole('button', { name: 'Remove Christmas' }).waitFor({ state: 'detached' })
  await field.fill('Lamplit evening')
  await field.press('Enter')
  await page.getByRole('button', { name: 'Remove Lamplit evening' }).waitFor()
  await expect.poll(storedTags).toEqual(['Grace', 'Lamplit evening'])
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('link', { name: 'Lamplit evening' }).waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

test('on a phone a person adds a song of their own, and edits it', async () => {
  const { page, complaints } = await visit(leader, phone)
  await page.goto('/')
  await page.getByRole('link', { name: 'New song' }).click()
  await page.getByRole('button', { name: 'Add song' }).click()
  await page.getByText('Give the song a title.').waitFor()
  await page.getByLabel('Title').fill('Brand new day')
  await tagField(page).fill('Hop')
  await page.getByRole('button', { name: 'Add song' }).click()
  await page.getByText('Choose a tag for “Hop”, or empty the field.').waitFor()
  await tagField(page).click()
  await row(page, /^Hope ,/).click()
  await page.getByRole('button', { name: 'Add song' }).click()
  await page.getByRole('heading', { level: 1, name: 'Brand new day' }).waitFor()
  await page.getByRole('link', { name: 'Hope' }).waitFor()

  await page.getByRole('link', { name: 'Edit song' }).click()
  await page.getByLabel('Lyrics').fill('A verse')
  await page.getByRole('link', { name: 'Back to the song' }).click()
  await page.getByRole('link', { name: 'Edit song' }).click()
  await page.getByText('Your changes from before are here').waitFor()
  expect(await page.getByLabel('Lyrics').inputValue()).toBe('A verse')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('region', { name: 'Lyrics' }).getByText('A verse').waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

test('who may not edit a song is told so, and shown no way to', async () => {
  const { page } = await visit(leader)
  expect(await page.getByRole('button', { name: 'Edit tags' }).count()).toBe(0)
  await page.goto(`/songs/${song}/edit`)
  await page.getByText('This song is somebody else’s').waitFor()
  await page.context().close()
  const { page: nobodys } = await fixture.openPage({})
  await nobodys.goto(`/songs/${song}/edit`)
  await nobodys.getByRole('heading', { name: 'Sign in' }).waitFor()
  await nobodys.context().close()
})

test('an editor whose role could not be read is not told that the song is somebody else’s', async () => {
  const { page } = await visit(editor)
  await page.route('**/rest/v1/user_roles*', (route) =>
    route.fulfill({ status: 400, json: { code: 'X', message: '' } }),
  )
  await page.goto(`/songs/${song}/edit`)
  await page.getByRole('alert').getByText('Your role could not be read').waitFor()
  expect(await page.getByText('This song is somebody else’s').count()).toBe(0)
  await page.unroute('**/rest/v1/user_roles*')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByLabel('Title').waitFor()
  await page.context().close()
})

test('two people save the same song: both versions are shown, and the choice is saved', async () => {
  const { page } = await visit(editor)
  await page.getByRole('link', { name: 'Edit song' }).click()
  await page.getByLabel('Title').fill('Stillest waters')
  await page.getByLabel('Artist').fill('Mine')
  await fixture.database.sql`
    update public.songs set artist = 'Theirs', lyrics = 'Their line' where id = ${song}`
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Somebody else has saved this song meanwhile').waitFor()
  const side = (field: string, whose: string) =>
    page.getByRole('group', { name: field }).getByRole('radio', { name: whose })
  expect(await side('Title', 'Yours').isChecked()).toBe(true)
  expect(await side('Lyrics', 'Theirs').isChecked()).toBe(true)
  await page.getByText('Still to choose: one field.').waitFor()
  expect(await page.getByRole('button', { name: 'Save this choice' }).count()).toBe(0)
  await side('Artist', 'Theirs').check()
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Save this choice' }).click()
  await page.getByRole('heading', { level: 1, name: 'Stillest waters' }).waitFor()
  const [saved] = await fixture.database
    .sql`select title, artist, lyrics from public.songs where id = ${song}`
  expect(saved).toEqual({ title: 'Stillest waters', artist: 'Theirs', lyrics: 'Their line' })
  await page.context().close()
})

test('somebody else has changed the song while it was tagged: both sides, and the choice', async () => {
  const { page } = await visit(editor)
  const field = await editTags(page)
  await fixture.database.sql`
    insert into public.song_tags (song_id, tag_id) select ${song}, t.id from public.tags as t where t.name = 'Lent'`
  await field.fill('Hope')
  await field.press('Enter')
  await page.getByText('Its tags are now: Grace, Lent. You wanted to add “Hope”').waitFor()
  await page.getByRole('button', { name: 'Add “Hope”' }).click()
  await expect.poll(storedTags).toEqual(['Grace', 'Hope', 'Lent'])
  await page.context().close()
})

test('two tabs stay in step: songs, and tags that one of them makes', async () => {
  const { page: one } = await visit(editor)
  const { page: other } = await watchedPage(one.context())
  await other.goto(`/songs/${song}`)
  const otherField = await editTags(other)
  const field = await editTags(one)
  await field.fill('Two tabs')
  await field.press('Enter')
  await other.getByRole('button', { name: 'Remove Two tabs' }).waitFor()
  await other.getByRole('button', { name: 'Remove Two tabs' }).click()
  await one.getByRole('button', { name: 'Remove Two tabs' }).waitFor({ state: 'detached' })
  await otherField.fill('two ta')
  await row(other, /^Two tabs/).waitFor()
  await one.context().close()
})

test('a read of the song that ends after an edit does not bring the song of before back', async () => {
  const { page, complaints } = await visit(editor)
  const field = await editTags(page)
  const reads = new Held(page, (url) => /version/.test(url.searchParams.get('select') ?? ''))
  const edits = new Held(page, (url) => url.pathname.endsWith('/rpc/tag_song'))
  await Promise.all([reads.start(), edits.start()])
  await field.fill('Hope')
  await field.press('Enter')
  await edits.release()
  // The song as it is after the first edit, and on its way until the second has been answered.
  await tellOfChange(page)
  await reads.arrived()
  await field.fill('Lent')
  await field.press('Enter')
  await edits.release()
  await edits.stop()
  await page.getByTitle('Not saved yet').waitFor({ state: 'detached' })
  await reads.stop()
  // What was on its way has arrived when a later request is answered.
  await page.evaluate(() => fetch('/').then((answer) => answer.text()))
  await field.fill('Advent')
  await field.press('Enter')
  await expect.poll(storedTags).toEqual(['Advent', 'Grace', 'Hope', 'Lent'])
  await page.getByRole('button', { name: 'Done' }).click()
  for (const name of ['Advent', 'Hope', 'Lent']) await page.getByRole('link', { name }).waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

test('offline there are suggestions, and what is tagged waits and is sent later', async () => {
  const { page, complaints } = await visit(editor)
  const field = await editTags(page)
  await page.context().setOffline(true)
  await field.fill('hopefl')
  await row(page, /Hopeful/).waitFor()
  await field.fill('lent')
  await field.press('Enter')
  await field.fill('Made offline')
  await field.press('Enter')
  await page.getByText('Not saved yet: waiting for a connection').waitFor()
  await page.getByRole('button', { name: 'Remove Made offline' }).click()
  await page.getByRole('button', { name: 'Remove Grace' }).click()
  await expect.poll(() => chips(page).allInnerTexts()).toHaveLength(1)
  expect(await storedTags()).toEqual(['Grace'])
  await page.context().setOffline(false)
  await page.getByText('Not saved yet: waiting').waitFor({ state: 'detached' })
  await expect.poll(storedTags).toEqual(['Lent'])
  expect(complaints).toEqual([])
  await page.context().close()
})

test('the tags are there again at the next visit, before the server has answered', async () => {
  const { page } = await visit(editor)
  await editTags(page)
  await page.route('**/rpc/tag_catalog*', () => undefined)
  await page.reload()
  const field = await editTags(page)
  await field.fill('lent')
  await row(page, /^Lent/).waitFor()
  await page.context().close()
})

test('who signs out leaves nothing behind: not in storage, not in memory, not in another tab', async () => {
  const { page } = await visit(editor)
  const { page: other } = await watchedPage(page.context())
  await other.goto(`/songs/${song}`)
  await editTags(other)
  await page.getByRole('link', { name: 'Edit song' }).click()
  await page.getByLabel('Title').fill('A secret draft')
  await page.locator('[data-catalogue="ready"]').waitFor()
  await page.getByRole('link', { name: 'Back to the song' }).click()
  await page.context().setOffline(true)
  const field = await editTags(page)
  await field.fill('Secret tag')
  await field.press('Enter')
  await page.getByText('Not saved yet: waiting').waitFor()
  await expect.poll(() => stored(page)).toContain('Thanksgiving')

  await page.getByRole('button', { name: `Account of ${editor}` }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('link', { name: 'Sign in' }).waitFor()
  await other.getByRole('link', { name: 'Sign in' }).waitFor()
  for (const tab of [page, other]) {
    await expect.poll(() => stored(tab)).not.toMatch(/Thanksgiving|Secret|editor@example/)
  }
  await page.context().setOffline(false)

  await page.getByRole('link', { name: 'Sign in' }).click()
  await signIn(page, editor)
  await page.getByRole('link', { name: 'Edit song' }).click()
  await page.getByLabel('Title').waitFor()
  expect(await page.getByLabel('Title').inputValue()).toBe('Still waters')
  expect(await storedTags()).toEqual(['Grace'])
  await page.context().close()
})

test('axe finds nothing', async () => {
  const { page } = await visit(editor)
  expect(await violations(page)).toEqual([])
  const field = await editTags(page)
  expect(await violations(page)).toEqual([])
  for (const text of ['', 'gra', 'thanksgivng', 'Entirely new']) {
    await field.fill(text)
    await field.click()
    await page.getByRole('option').first().waitFor()
    expect(await violations(page), `with “${text}” typed`).toEqual([])
  }
  await page.goto(`/songs/${song}/edit`)
  await page.locator('[data-catalogue="ready"]').waitFor()
  await page.getByLabel('Title').fill('')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Give the song a title.').waitFor()
  expect(await violations(page)).toEqual([])
  await page.goto('/')
  await page.getByRole('list', { name: 'Songs' }).waitFor()
  expect(await violations(page)).toEqual([])
  await page.context().close()
})

test('at twice the size nothing is cut off, and the list keeps to the window', async () => {
  // What 200% zoom makes of a window of 1280 by 900.
  const { page } = await visit(editor, { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 })
  const field = await editTags(page)
  await field.fill('hop')
  await row(page, /^Hope ,/).waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  const box = await page.getByRole('listbox').boundingBox()
  expect(box?.x).toBeGreaterThanOrEqual(0)
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(640)
  await page.context().close()
})

/** Answers of the server that are there, and reach the page one by one when the test lets them. */
class Held {
  readonly #page: Page
  readonly #isMeant: (url: URL) => boolean
  readonly #waiting: (() => Promise<void>)[] = []

  constructor(page: Page, isMeant: (url: URL) => boolean) {
    this.#page = page
    this.#isMeant = isMeant
  }

  async start(): Promise<void> {
    await this.#page.route(this.#isMeant, async (route) => {
      const response = await route.fetch()
      // A page that has lost interest meanwhile has ended the request.
      this.#waiting.push(() => route.fulfill({ response }).catch(() => undefined))
    })
  }

  async arrived(): Promise<void> {
    await expect.poll(() => this.#waiting.length).toBeGreaterThan(0)
  }

  async release(): Promise<void> {
    await this.arrived()
    await this.#waiting.shift()?.()
  }

  async stop(): Promise<void> {
    for (const release of this.#waiting.splice(0)) await release()
    await this.#page.unroute(this.#isMeant)
  }
}

/** As another tab does that has changed the song. */
async function tellOfChange(page: Page): Promise<void> {
  await page.evaluate((changed) => {
    const channel = new BroadcastChannel('songbook-songs')
    channel.postMessage({ changed })
    channel.close()
  }, song)
}

/** Everything that this origin has stored, as one text. */
async function stored(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const parts = [JSON.stringify(sessionStorage), JSON.stringify(localStorage)]
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name ?? '')
        opening.onsuccess = () => resolve(opening.result)
        opening.onerror = () => reject(opening.error)
      })
      for (const store of database.objectStoreNames) {
        const all = database.transaction(store).objectStore(store).getAll()
        await new Promise((resolve) => {
          all.onsuccess = resolve
        })
        parts.push(JSON.stringify(all.result))
      }
      database.close()
    }
    return parts.join('\n')
  })
}
