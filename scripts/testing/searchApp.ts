import type { Page } from 'playwright-core'
import { type AppFixture, arrived, openAppFixture } from './appFixture.ts'

export const leader = 'leader@example.org'
export const editor = 'editor@example.org'
export const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
export const desktop = { viewport: { width: 1280, height: 900 } }
export const PSALMS = 240

/** The app over a songbook to search in: psalms and three songs that differ in everything. */
export async function openSearchApp(): Promise<AppFixture> {
  const fixture = await openAppFixture()
  const { database } = fixture
  for (const email of [leader, editor]) await database.signUp(email)
  const { error } = await database.serviceClient.rpc('grant_role', { p_email: editor, p_role: 'editor' })
  if (error) throw error
  await fillSongbook(fixture)
  return fixture
}

async function fillSongbook({ database: { sql } }: AppFixture): Promise<void> {
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

export const field = (page: Page) => page.getByRole('searchbox', { name: 'Search songs' })
export const songs = (page: Page) => page.getByRole('list', { name: 'Songs' })
export const song = (page: Page, title: string) => songs(page).getByRole('link', { name: title, exact: true })
export const count = (page: Page, text: string) => page.getByRole('status').getByText(text, { exact: true })
export const chip = (page: Page, words: string) => page.getByRole('button', { name: `Take off: ${words}` })
export const query = (page: Page) => new URL(page.url()).searchParams

export async function tagId({ database: { sql } }: AppFixture, name: string): Promise<string> {
  const [tag] = await sql<{ id: string }[]>`select id from public.tags where name = ${name}`
  return tag?.id ?? ''
}

/** Where the filters are: beside the songs, or in the sheet, which is opened. */
export async function filters(page: Page) {
  const button = page.getByRole('button', { name: /^Filters/ })
  if ((await button.count()) === 0) return page.getByRole('complementary', { name: 'Filters' })
  await button.click()
  return page.getByRole('dialog', { name: 'Filters' })
}

/** Waits for the parts that show songs without a connection: they come when the browser has nothing better to do. */
export const readyForOffline = (page: Page): Promise<void> =>
  arrived(page, 'SongsOffline', 'NoSongs', 'VirtualSongs', 'SearchSummary')

/** Puts the sheet away, where there is one. */
export async function done(page: Page): Promise<void> {
  const sheet = page.getByRole('dialog', { name: 'Filters' })
  if ((await sheet.count()) === 0) return
  await sheet.getByRole('button', { name: /^Show \d/ }).click()
  await sheet.waitFor({ state: 'detached' })
}
