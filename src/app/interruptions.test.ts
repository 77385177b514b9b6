import type { BrowserContext, Locator, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  type AppFixture,
  arrived,
  openAppFixture,
  signIn,
  watchedPage,
} from '../../scripts/testing/appFixture.ts'

// What comes between somebody and the song she edits: networks, storages, other people.
const editor = 'editor@example.org'
const second = 'second@example.org'

let fixture: AppFixture
let song: string

beforeAll(async () => {
  fixture = await openAppFixture()
  for (const email of [editor, second]) {
    await fixture.database.signUp(email)
    const { error } = await fixture.database.serviceClient.rpc('grant_role', {
      p_email: email,
      p_role: 'editor',
    })
    if (error) throw error
  }
})

beforeEach(async () => {
  const [row] = await fixture.database.sql<{ id: string }[]>`
    with song as (insert into public.songs (title, lyrics) values ('Still waters', 'One line') returning id), link as (
      insert into public.song_tags (song_id, tag_id) select s.id, t.id from song as s, public.tags as t where t.name = 'Grace'
    )
    select id from song`
  song = row?.id ?? ''
})

afterAll(async () => {
  await fixture?.close()
})

/** The editor on the song's page, in a browser that was prepared for it. */
async function visit(prepare: (context: BrowserContext) => Promise<unknown> = async () => undefined) {
  const visitor = await fixture.openPageOf(editor, {})
  await prepare(visitor.page.context())
  await visitor.page.goto(`/songs/${song}`)
  await visitor.page.getByRole('button', { name: 'Edit tags' }).waitFor()
  return visitor
}

/** The song's tag field, open and with the tags at hand. */
async function editTags(page: Page) {
  await page.getByRole('button', { name: 'Edit tags' }).click()
  await page.locator('[data-catalogue="ready"]').waitFor()
  return tagField(page)
}

async function changePerson(page: Page): Promise<void> {
  await page.getByRole('button', { name: `Account of ${editor}` }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('link', { name: 'Sign in' }).click()
  await signIn(page, second)
  await page.getByRole('button', { name: `Account of ${second}` }).waitFor()
}

const tagField = (page: Page) => page.getByRole('combobox', { name: 'Tags' })
const row = (page: Page, name: string | RegExp) => page.getByRole('option', { name })
const removal = (page: Page, name: string) => page.getByRole('button', { name: `Remove ${name}` })
const waiting = (page: Page) => page.getByText('Not saved yet: waiting for a connection')

async function addLentOffline(page: Page) {
  const field = await editTags(page)
  await page.context().setOffline(true)
  await field.fill('lent')
  await field.press('Enter')
  await waiting(page).waitFor()
}

async function storedTags(): Promise<string[]> {
  const rows = await fixture.database.sql<{ name: string }[]>`
    select t.name from public.song_tags as l join public.tags as t on t.id = l.tag_id
    where l.song_id = ${song} order by t.name`
  return rows.map(({ name }) => name)
}

/** Lets the server do it, and nobody hear of it. */
async function loseAnswer(route: Route): Promise<void> {
  await route.fetch()
  await route.abort('connectionreset')
}

describe('while a step of tagging is on its way', () => {
  test('a tag that may have reached the song is taken away by a step of its own, once there is a connection', async () => {
    const { page } = await visit()
    const field = await editTags(page)
    await page.route('**/rpc/tag_song*', async (route) => {
      await page.context().setOffline(true)
      await loseAnswer(route)
    })
    await field.fill('lent')
    await field.press('Enter')
    await waiting(page).waitFor()
    await expect.poll(storedTags).toEqual(['Grace', 'Lent'])
    await page.unroute('**/rpc/tag_song*')
    await removal(page, 'Lent').click()
    await page.context().setOffline(false)
    await expect.poll(storedTags).toEqual(['Grace'])
    await page.context().close()
  })

  test('a new tag can be taken away again, and steps that wait for each other do not speak of the connection', async () => {
    const { page } = await visit()
    const field = await editTags(page)
    const answer = Promise.withResolvers<void>()
    await page.route('**/rpc/tag_song*', async (route) => {
      await answer.promise
      await route.continue()
    })
    await field.fill('Lamplit hour')
    await field.press('Enter')
    await removal(page, 'Lamplit hour').click()
    await removal(page, 'Lamplit hour').waitFor({ state: 'detached' })
    expect(await waiting(page).count()).toBe(0)
    answer.resolve()
    await field.fill('lent')
    await field.press('Enter')
    await expect.poll(storedTags).toEqual(['Grace', 'Lent'])
    await page.context().close()
  })
})

describe('while a form is being saved', () => {
  const lyrics = (page: Page) => page.getByRole('textbox', { name: 'Lyrics' })
  const openForm = async (page: Page) => {
    await page.getByRole('link', { name: 'Edit song' }).click()
    await page.locator('[data-catalogue="ready"]').waitFor()
  }

  test('an answer that gets lost is no conflict with oneself', async () => {
    const { page } = await visit()
    await openForm(page)
    await page.route('**/rpc/edit_song*', loseAnswer, { times: 1 })
    await page.getByLabel('Title').fill('Stillest waters')
    await tagField(page).fill('Of this test alone')
    await row(page, /Create/).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { level: 1, name: 'Stillest waters' }).waitFor()
    await page.getByRole('link', { name: 'Of this test alone' }).waitFor()
    await page.context().close()
  })

  test('an answer that gets lost makes no second song', async () => {
    const { page } = await visit()
    await page.goto('/songs/new')
    await page.locator('[data-catalogue="ready"]').waitFor()
    await page.route('**/rpc/add_song*', loseAnswer, { times: 1 })
    await page.getByLabel('Title').fill('Sent twice')
    await page.getByRole('button', { name: 'Add song' }).click()
    await page.getByText('did not answer').waitFor()
    // The form is left, and gone on with.
    await page.getByRole('link', { name: 'All songs' }).click()
    await page.getByRole('link', { name: 'New song' }).click()
    await page.getByLabel('Artist').fill('Written since')
    await page.getByRole('button', { name: 'Add song' }).click()
    await page.getByRole('heading', { level: 1, name: 'Sent twice' }).waitFor()
    const added = await fixture.database.sql`select artist from public.songs where title = 'Sent twice'`
    expect(added).toEqual([{ artist: 'Written since' }])
    await page.context().close()
  })

  test('a conflict of which theirs cannot be read is told', async () => {
    const { page } = await visit()
    await openForm(page)
    await page.getByLabel('Title').fill('Mine')
    await fixture.database.sql`update public.songs set title = 'Theirs' where id = ${song}`
    await page.route('**/rest/v1/songs*', (route) =>
      route.fulfill({ status: 400, json: { code: 'X', message: '' } }),
    )
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Not saved', { exact: true }).waitFor()
    expect(await page.getByLabel('Title').inputValue()).toBe('Mine')
    await page.context().close()
  })

  test('what is typed meanwhile is kept, and saved next', async () => {
    const { page } = await visit()
    await openForm(page)
    const answer = Promise.withResolvers<void>()
    await page.route('**/rpc/edit_song*', async (route) => {
      await answer.promise
      await route.continue()
    })
    await page.getByLabel('Title').fill('First')
    await tagField(page).fill('Typed on')
    await row(page, /Create/).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Saving…' }).waitFor()
    await lyrics(page).fill('Second')
    answer.resolve()
    await page.getByText('Saved, but for what you have typed since then').waitFor()
    expect(await lyrics(page).inputValue()).toBe('Second')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('region', { name: 'Lyrics' }).getByText('Second').waitFor()
    const [saved] = await fixture.database.sql`select title, lyrics from public.songs where id = ${song}`
    expect(saved).toEqual({ title: 'First', lyrics: 'Second' })
    expect(await storedTags()).toEqual(['Grace', 'Typed on'])
    await page.context().close()
  })

  test('a new song that waits is there when somebody comes back to its form, and is added once', async () => {
    const { page } = await visit()
    await page.goto('/songs/new')
    await page.locator('[data-catalogue="ready"]').waitFor()
    await page.getByLabel('Title').fill('Only once')
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'Add song' }).click()
    await page.getByText('Waiting for a connection').waitFor()
    await page.getByRole('link', { name: 'All songs' }).click()
    await page.getByRole('link', { name: 'New song' }).click()
    await page.getByRole('button', { name: 'Saving…' }).waitFor()
    await page.getByText('Waiting for a connection').waitFor()
    await page.getByLabel('Artist').fill('Written since')
    await page.context().setOffline(false)
    await page.getByRole('heading', { name: 'Edit song' }).waitFor()
    expect(await page.getByLabel('Artist').inputValue()).toBe('Written since')
    const added = await fixture.database.sql`select artist from public.songs where title = 'Only once'`
    expect(added).toEqual([{ artist: null }])
    await page.context().close()
  })
})

describe('when somebody else signs in', () => {
  test('what the one before sent is not sent again as the next one’s', async () => {
    const { page } = await visit((context) => context.clock.install())
    const field = await editTags(page)
    const senders: string[] = []
    await page.route('**/rpc/tag_song*', async (route) => {
      senders.push(senderOf(route))
      await route.fulfill({ status: 503, body: '{}' })
    })
    await field.fill('lent')
    await field.press('Enter')
    await expect.poll(() => senders).toContain(editor)
    await changePerson(page)
    // The first one may have tried again before she left; her next try would have been within three seconds.
    const tries = senders.length
    await page.clock.fastForward(3000)
    // What was sent then is here before a later request is answered.
    await page.evaluate(() => fetch('/').then((answer) => answer.text()))
    expect(senders).toEqual(Array.from({ length: tries }, () => editor))
    await page.context().close()
  })

  test('an answer to the one before leaves the next one’s unsaved form alone', async () => {
    const { page } = await visit()
    const answer = Promise.withResolvers<void>()
    const delivered = Promise.withResolvers<void>()
    await page.route('**/rpc/edit_song*', async (route) => {
      const response = await route.fetch()
      await answer.promise
      await route.fulfill({ response })
      delivered.resolve()
    })
    await page.getByRole('link', { name: 'Edit song' }).click()
    await page.getByLabel('Title').fill('By the first')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Saving…' }).waitFor()
    await page.getByRole('button', { name: `Account of ${editor}` }).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await signIn(page, second)
    const lyrics = page.getByRole('textbox', { name: 'Lyrics' })
    await lyrics.fill('By the second')
    await page.getByRole('link', { name: 'Back to the song' }).click()
    answer.resolve()
    await delivered.promise
    await page.evaluate(() => fetch('/').then((page) => page.text()))
    await page.getByRole('link', { name: 'Edit song' }).click()
    await expect.poll(() => lyrics.inputValue()).toBe('By the second')
    await page.context().close()
  })
})

describe('without a connection', () => {
  test('a session whose token runs out is still that person’s, and nothing of hers is thrown away', async () => {
    const { page } = await visit()
    await editTags(page)
    await expect.poll(() => storedKeys(page)).toContainEqual(expect.stringMatching(/catalog$/))
    await page.getByRole('button', { name: 'Done' }).click()
    await page.route(/\/(auth|rest)\/v1\//, (route) => route.abort('connectionreset'))
    await page.evaluate(() => {
      const session = JSON.parse(localStorage.getItem('songbook-session') ?? '{}')
      localStorage.setItem('songbook-session', JSON.stringify({ ...session, expires_at: 1 }))
    })
    await page.reload()
    await page.getByRole('button', { name: `Account of ${editor}` }).waitFor()
    expect(await storedKeys(page)).toContainEqual(expect.stringMatching(/catalog$/))
    await page.context().close()
  })
})

describe('the parts of the app that are loaded when they are needed', () => {
  test('are here beforehand for whoever may edit', async () => {
    const { page } = await visit()
    await arrived(page, 'EditSongPage')
    await page.context().setOffline(true)
    await page.getByRole('link', { name: 'Edit song' }).click()
    await page.getByRole('heading', { name: 'Edit song' }).waitFor()
    await page.context().close()
  })

  test('wait for a connection where they are not here yet', async () => {
    const { page } = await visit()
    await page.context().setOffline(true)
    await page.getByRole('link', { name: 'All songs' }).click()
    await page.getByRole('link', { name: 'New song' }).click()
    await page.getByText('This part of the app is not on this device yet').waitFor()
    await page.context().setOffline(false)
    await page.getByRole('heading', { name: 'New song' }).waitFor()
    await page.context().close()
  })

  test.each([
    ['the form', 'EditSongPage', 'link', 'Edit song'],
    ['the tag field', 'QuickTagging', 'button', 'Edit tags'],
  ] as const)(
    'that did not arrive come with the page that is loaded anew: %s',
    async (_name, part, role, name) => {
      const { page } = await visit((context) => context.route(`**/${part}*.js`, (route) => route.abort()))
      await page.getByRole(role, { name }).click()
      await page.getByText('A part of the app did not arrive').waitFor()
      await page.context().unroute(`**/${part}*.js`)
      await page.getByRole('button', { name: 'Load anew' }).click()
      if (part === 'QuickTagging') await page.getByRole(role, { name }).click()
      await tagField(page).waitFor()
      await page.context().close()
    },
  )
})

test('a tab with an edit that waits is not closed without a question', async () => {
  const { page } = await visit()
  await addLentOffline(page)
  const question = page.waitForEvent('dialog')
  await page.close({ runBeforeUnload: true })
  expect((await question).type()).toBe('beforeunload')
  await (await question).accept()
  await page.context().close()
})

test('steps of tagging that wait outlive their page, and are sent by the next one', async () => {
  // What keeps a page offline ends a moment before the page does, which would send the steps itself.
  const { page } = await visit((context) =>
    context.addInitScript(() => {
      addEventListener('online', (event) => {
        if (document.querySelector('.closes')) event.stopImmediatePropagation()
      })
    }),
  )
  const field = await editTags(page)
  await arrived(page, 'keptTagEdits')
  await page.context().setOffline(true)
  for (const text of ['lent', 'Made on the way']) {
    await field.fill(text)
    await field.press('Enter')
    await page.getByTitle('Not saved yet').getByText(text, { exact: false }).waitFor()
  }
  await waiting(page).waitFor()
  await page.evaluate(() => document.documentElement.classList.add('closes'))
  // As a phone does that needs the room: without a question.
  await page.close()
  expect(await storedTags()).toEqual(['Grace'])
  await page.context().setOffline(false)
  const { page: next, complaints } = await watchedPage(page.context())
  await next.goto('/')
  await expect.poll(storedTags).toEqual(['Grace', 'Lent', 'Made on the way'])
  const kept = () => Object.keys(localStorage).filter((key) => key.startsWith('songbook-edits'))
  await expect.poll(() => next.evaluate(kept)).toEqual([])
  expect(complaints).toEqual([])
  await page.context().close()
})

test('a step that is refused once somebody has left the song is told wherever she is', async () => {
  const { page } = await visit()
  await arrived(page, 'TaggingAlert')
  await addLentOffline(page)
  await page.getByRole('link', { name: 'All songs' }).click()
  await fixture.database.sql`
    insert into public.song_tags (song_id, tag_id) select ${song}, t.id from public.tags as t where t.name = 'Hope'`
  await page.context().setOffline(false)
  await page.getByRole('alert').getByText('A change of tags was not saved').waitFor()
  await page.getByRole('link', { name: 'Show the song' }).click()
  await page.getByText('Its tags are now: Grace, Hope. You wanted to add “Lent”').waitFor()
  expect(await page.getByText('A change of tags was not saved').count()).toBe(0)
  await page.getByRole('button', { name: 'Leave it as it is' }).click()
  await page.getByRole('link', { name: 'All songs' }).click()
  expect(await page.getByText('A change of tags was not saved').count()).toBe(0)
  await page.context().close()
})

test('a token that the server refuses is renewed, and nobody’s form is lost for it', async () => {
  const { page } = await visit()
  await page.getByRole('link', { name: 'Edit song' }).click()
  await page.getByLabel('Title').fill('Stillest waters')
  const expired = {
    status: 401,
    json: { code: 'PGRST303', message: 'JWT expired', details: null, hint: null },
  }
  await page.route('**/rpc/edit_song*', (route) => route.fulfill(expired), { times: 1 })
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { level: 1, name: 'Stillest waters' }).waitFor()
  await page.context().close()
})

test('a refused token that nobody can renew just now ends no session, and loses no form', async () => {
  const { page } = await visit()
  await page.getByRole('link', { name: 'Edit song' }).click()
  await page.getByLabel('Title').fill('Stillest waters')
  await page.route('**/rpc/edit_song*', (route) =>
    route.fulfill({ status: 401, json: { code: 'PGRST303', message: 'JWT expired' } }),
  )
  await page.route('**/auth/v1/token*', (route) =>
    route.fulfill({ status: 429, json: { error_code: 'over_request_rate_limit', msg: 'Too many' } }),
  )
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('did not accept your session').waitFor()
  expect(await page.getByLabel('Title').inputValue()).toBe('Stillest waters')
  await page.unroute('**/rpc/edit_song*')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { level: 1, name: 'Stillest waters' }).waitFor()
  await page.context().close()
})

test('whoever uses the keyboard keeps her place: into the field, back to its button, and on to a conflict', async () => {
  const { page } = await visit()
  const focused = (locator: Locator) => locator.evaluate((element) => element === document.activeElement)
  await page.getByRole('button', { name: 'Edit tags' }).press('Enter')
  await expect.poll(() => focused(tagField(page))).toBe(true)
  await page.getByRole('button', { name: 'Done' }).press('Enter')
  await expect.poll(() => focused(page.getByRole('button', { name: 'Edit tags' }))).toBe(true)
  await page.getByRole('link', { name: 'Edit song' }).press('Enter')
  await page.getByLabel('Title').fill('Mine')
  await fixture.database.sql`update public.songs set title = 'Theirs' where id = ${song}`
  await page.getByRole('button', { name: 'Save' }).press('Enter')
  await expect.poll(() => focused(page.getByRole('heading', { name: 'Your version and theirs' }))).toBe(true)
  await page.context().close()
})

describe('a browser', () => {
  test('that refuses channels between tabs shows and edits songs all the same', async () => {
    const { page, complaints } = await visit((context) =>
      context.addInitScript(() => {
        globalThis.BroadcastChannel = class {
          constructor() {
            throw new DOMException('Access is denied.', 'SecurityError')
          }
        } as unknown as typeof BroadcastChannel
      }),
    )
    const field = await editTags(page)
    await field.fill('lent')
    await field.press('Enter')
    await expect.poll(storedTags).toEqual(['Grace', 'Lent'])
    expect(complaints).toEqual([expect.stringContaining('multi-tab state changes will not be available')])
    await page.context().close()
  })

  test('that holds a catalogue of another shape passes it over', async () => {
    const { page, complaints } = await visit()
    await editTags(page)
    await expect.poll(() => storedKeys(page)).toContainEqual(expect.stringMatching(/catalog$/))
    await page.evaluate(() => {
      for (const [key, text] of Object.entries(sessionStorage).filter(([key]) => key.endsWith('/catalog'))) {
        const entry = JSON.parse(text)
        entry.data.tags[0] = { id: 'half', name: null }
        sessionStorage.setItem(key, JSON.stringify(entry))
      }
    })
    await page.reload()
    const field = await editTags(page)
    await field.fill('lent')
    await row(page, /^Lent/).waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })
})

/** Whose token a request carries. */
function senderOf(route: Route): string {
  const [, claims = ''] = (route.request().headers().authorization ?? '').split('.')
  return JSON.parse(Buffer.from(claims, 'base64url').toString()).email
}

/** The names of everything that the app's cache has stored. */
async function storedKeys(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const opening = indexedDB.open('songbook-tags')
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(opening.error)
    })
    const keys = database.transaction('entries').objectStore('entries').getAllKeys()
    await new Promise((resolve) => {
      keys.onsuccess = resolve
    })
    database.close()
    return [...Object.keys(sessionStorage), ...keys.result.map(String)]
  })
}
