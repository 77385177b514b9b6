import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type ConsoleFixture,
  desktop,
  expectSound,
  fitsTheWindow,
  openConsoleFixture,
  phone,
  tabTo,
} from '../../scripts/testing/consoleFixture.ts'

const admin = 'admin@example.org'
const moderator = 'moderator@example.org'

let fixture: ConsoleFixture

beforeAll(async () => {
  fixture = await openConsoleFixture({ [admin]: 'admin', [moderator]: 'moderator' })
  const { database } = fixture
  await database.sql`insert into public.tags (name) select 'Custom ' || lpad(n::text, 3, '0') from generate_series(1, 120) as n`
  await database.sql`
    with psalms as (insert into public.songs (title) select 'Psalm ' || n from generate_series(1, 20) as n returning id)
    insert into public.song_tags (song_id, tag_id)
    select p.id, t.id from psalms as p join public.tags as t on t.name in ('Praise', 'Hope')`
})

afterAll(() => fixture?.close())

async function tagId(name: string): Promise<string> {
  const [row] = await fixture.database.sql<{ id: string }[]>`
    select n.tag_id as id from public.tag_names as n where n.normalized_name = lower(${name})`
  return row?.id ?? ''
}

// In the least room. On a desktop the keyboard does nearly all of it below.
test('on a phone tags are found, sorted, paged and chosen', async () => {
  const { page, complaints } = await fixture.visit(admin, '/admin', phone)
  await page.waitForURL('**/admin/tags')
  const table = page.getByRole('table', { name: 'Tags' })
  const firstTag = table.getByRole('row').nth(1)
  await firstTag.getByRole('link', { name: 'Adoption' }).waitFor()
  expect(await fitsTheWindow(page)).toBe(true)
  await page.getByRole('button', { name: 'Songs' }).click()
  await firstTag.getByRole('cell', { name: '20', exact: true }).waitFor()
  expect(await table.getByRole('columnheader', { name: 'Songs' }).getAttribute('aria-sort')).toBe(
    'descending',
  )
  await page.getByRole('button', { name: 'Name' }).click()
  await firstTag.getByRole('link', { name: 'Adoption' }).waitFor()

  await page.getByLabel('Find a tag by a name or synonym').fill('custom')
  await page.getByRole('status').getByText('120 tags').waitFor()
  await firstTag.getByRole('link', { name: 'Custom 001' }).waitFor()
  await page.getByRole('checkbox', { name: 'Choose Custom 002' }).check()
  await page.getByRole('button', { name: 'Next' }).click()
  await firstTag.getByRole('link', { name: 'Custom 051' }).waitFor()
  await page.reload()
  await firstTag.getByRole('link', { name: 'Custom 051' }).waitFor()
  await page.getByRole('button', { name: 'Last' }).click()
  await table.getByRole('link', { name: 'Custom 120' }).waitFor()
  await page.getByRole('button', { name: 'Previous' }).click()
  await firstTag.getByRole('link', { name: 'Custom 021' }).waitFor()
  await firstTag.getByRole('link').click()
  await page.getByRole('heading', { level: 1, name: 'Custom 021' }).waitFor()
  expect(await fitsTheWindow(page)).toBe(true)
  await page.getByRole('link', { name: 'All tags' }).click()
  await firstTag.getByRole('link', { name: 'Custom 021' }).waitFor()
  await page.getByLabel('Which').selectOption('banned')
  await page.getByText('No tag fits').waitFor()
  await page.getByRole('button', { name: 'Show all tags' }).click()
  await firstTag.getByRole('link', { name: 'Adoption' }).waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

test('on a phone a tag is made, edited, promoted and banned', async () => {
  const { page, complaints } = await fixture.visit(admin, '/admin/tags', phone)
  await page.getByRole('link', { name: 'New tag' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Thanksgivng')
  await page.getByText('Nearly the same: Thanksgiving').waitFor()
  await page.getByLabel('Name', { exact: true }).fill('Night watch of ours')
  await page.getByLabel('Category').selectOption('Mood')
  await page.getByRole('button', { name: 'Make tag' }).click()
  await page.getByRole('heading', { level: 1, name: 'Night watch of ours' }).waitFor()
  await page.getByText('The tag is made.').waitFor()

  await page.getByLabel('Name', { exact: true }).fill('Night prayer of ours')
  await page.getByLabel('Colour').fill('#224466')
  await page.getByLabel(/synonym/).fill('Compline of ours')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Add the synonym that is in the field').waitFor()
  await page.getByLabel(/synonym/).press('Enter')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.', { exact: true }).waitFor()
  await page.getByRole('heading', { level: 1, name: 'Night prayer of ours' }).waitFor()
  await page.getByRole('listitem').filter({ hasText: 'Night watch of ours' }).waitFor()

  await page.getByLabel('Name', { exact: true }).fill('Grace')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('alert').getByText('Another tag has this name or synonym already').waitFor()
  expect(complaints.splice(0)).toEqual([expect.stringContaining('409')])

  await page.getByRole('button', { name: 'Make it a standard tag' }).click()
  await page.getByText('It is a standard tag now.').waitFor()
  await page.getByRole('button', { name: 'Ban this tag' }).click()
  await page.getByText('It is banned now.').waitFor()
  const [row] = await fixture.database.sql`
    select name, category, colour, is_standard, banned_at is not null as banned from public.tags
    where name = 'Night prayer of ours'`
  expect(row).toEqual({
    name: 'Night prayer of ours',
    category: 'mood',
    colour: '#224466',
    is_standard: true,
    banned: true,
  })
  await page.getByRole('link', { name: 'What was done to it' }).click()
  await page.getByText('Banned “Night prayer of ours”').waitFor()
  expect(
    await page
      .getByRole('listitem')
      .filter({ has: page.locator('time') })
      .count(),
  ).toBe(3)
  expect(complaints).toEqual([])
  await page.context().close()
})

test('on a phone two tags are merged after a look at what that changes, and the merge is undone', async () => {
  const { database } = fixture
  const rows = await database.sql<{ id: string }[]>`
    insert into public.tags (name) values ('Dawn'), ('Dawning') returning id`
  await database.sql`
    with songs as (insert into public.songs (title) select 'Morning ' || n from generate_series(1, 12) as n returning id)
    insert into public.song_tags (song_id, tag_id) select s.id, ${rows[0]?.id ?? ''} from songs as s`
  const { page, complaints } = await fixture.visit(moderator, '/admin/tags?q=daw', phone)
  await page.getByRole('checkbox', { name: 'Choose Dawn', exact: true }).check()
  await page.getByRole('checkbox', { name: 'Choose Dawning' }).check()
  await page.getByText('2 tags chosen').waitFor()
  await page.getByRole('link', { name: 'Merge…' }).click()
  await page.getByRole('radio', { name: 'Dawning' }).check()
  await page.getByText('12 songs with “Dawn” will carry “Dawning”').waitFor()
  await page
    .getByRole('row', { name: /^Morning/ })
    .first()
    .waitFor()
  expect(await fitsTheWindow(page)).toBe(true)
  await page.getByRole('button', { name: 'Merge “Dawn” into “Dawning”' }).click()
  await page.getByRole('heading', { level: 1, name: 'Dawning' }).waitFor()
  await page.getByText('Merged: 12 links moved here.').waitFor()
  await page.getByRole('link', { name: '12 songs' }).waitFor()
  await page.getByRole('heading', { name: 'Its songs with most arrangements' }).waitFor()
  await page.getByRole('button', { name: 'Undo merge of Dawn' }).click()
  await page.getByText('The merge is undone.').waitFor()
  await page.getByRole('link', { name: '0 songs' }).waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

test('with the keyboard alone a tag is found, banned, shown again by an undo, and merged', async () => {
  await fixture.database.sql`insert into public.tags (name) values ('Keybord prayer'), ('Keyboard prayer')`
  const { page, complaints } = await fixture.visit(admin, '/admin/tags')
  const press = (key: string) => page.keyboard.press(key)
  await page.getByRole('table').waitFor()
  await page.evaluate(() => document.getElementById('content')?.focus())
  await tabTo(page, 'Find a tag by a name or synonym')
  await page.keyboard.type('keybord')
  await page.getByText('1 tag', { exact: true }).waitFor()
  await tabTo(page, 'Keybord prayer')
  await press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Keybord prayer' }).waitFor()
  await tabTo(page, 'Ban this tag')
  await press('Enter')
  await page.getByText('It is banned now.').waitFor()
  await tabTo(page, 'What was done to it')
  await press('Enter')
  await page.getByRole('button', { name: 'Undo: Banned “Keybord prayer”' }).waitFor()
  await tabTo(page, 'Undo: Banned “Keybord prayer”')
  await press('Enter')
  await page.getByText('Lifted the ban on “Keybord prayer”').waitFor()
  await page.goBack()
  await page.getByRole('button', { name: 'Ban this tag' }).waitFor()
  await tabTo(page, 'Merge into another tag')
  await press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Merge tags' }).waitFor()
  await tabTo(page, 'Find that tag')
  await page.keyboard.type('keyboard')
  // Of the answers to the letters before it may be one of many.
  await expect.poll(() => page.getByRole('radio').count()).toBe(1)
  await page.getByRole('radio', { name: 'Keyboard prayer' }).waitFor()
  await press('Tab')
  await press('Space')
  await tabTo(page, 'Merge “Keybord prayer” into')
  await press('Enter')
  await page.getByRole('button', { name: 'Undo merge of Keybord prayer' }).waitFor()
  await tabTo(page, 'Undo merge of Keybord prayer')
  await press('Enter')
  await page.getByText('The merge is undone.').waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

test('tags that are nearly the same are found; one pair is merged, the other kept apart', async () => {
  await fixture.database.sql`
    insert into public.tags (name) values ('Lanternlight'), ('Lanternligt'), ('Candle glow'), ('Candleglow')`
  const { page, complaints } = await fixture.visit(admin, '/admin/tags')
  await page.getByRole('link', { name: 'Near duplicates' }).click()
  const pairs = page.getByRole('list', { name: 'Tags that may be the same' }).getByRole('listitem')
  await pairs.filter({ hasText: 'Lanternlig' }).getByText('1 letter').waitFor()
  const spaces = pairs.filter({ hasText: 'Candle' })
  await spaces.getByText('other spaces · 0 songs would change').waitFor()
  await spaces.getByRole('button', { name: /^Not the same/ }).click()
  await spaces.waitFor({ state: 'detached' })
  await pairs
    .filter({ hasText: 'Lanternlig' })
    .getByRole('link', { name: /^Merge/ })
    .click()
  await page.getByRole('button', { name: /^Merge “Lanternlig/ }).click()
  await page.getByText('Merged: 0 links moved here.').waitFor()
  await page.goBack()
  await page.goBack()
  await page.getByRole('heading', { level: 1, name: 'Near duplicates' }).waitFor()
  // Made since by somebody else, or by a migration: it is looked for in the tags as they are now.
  await fixture.database.sql`insert into public.tags (name) values ('Hearthfire'), ('Hearthfier')`
  await page.getByRole('button', { name: 'Look again' }).click()
  await pairs.filter({ hasText: 'Hearthfi' }).waitFor()
  await page
    .getByRole('status')
    .getByText(/found$/)
    .waitFor()
  expect(await pairs.filter({ hasText: /Lanternlig|Candle/ }).count()).toBe(0)
  expect(complaints).toEqual([])
  await page.context().close()
})

test('two admins edit the same tag: what each wrote is kept', async () => {
  const [row] = await fixture.database.sql<{ id: string }[]>`
    insert into public.tags (name) values ('Shared between two') returning id`
  const { page: one } = await fixture.visit(admin, `/admin/tags/${row?.id}`, {
    ...desktop,
    hasOwnClock: true,
  })
  const { page: two } = await fixture.visit(moderator, `/admin/tags/${row?.id}`)
  await one.getByLabel('Category').selectOption('Mood')
  await two.getByLabel('Name', { exact: true }).fill('Shared by two')
  await two.getByRole('button', { name: 'Save' }).click()
  await two.getByText('Saved.', { exact: true }).waitFor()
  // Nobody loads the page again: it asks by itself.
  await one.clock.fastForward(10_000)
  await one.getByRole('heading', { level: 1, name: 'Shared by two' }).waitFor()
  await one.getByText('Somebody else has changed this tag meanwhile').waitFor()
  expect(await one.getByLabel('Name', { exact: true }).inputValue()).toBe('Shared by two')
  await one.getByRole('button', { name: 'Save' }).click()
  await one.getByText('Saved.', { exact: true }).waitFor()
  const [tag] = await fixture.database.sql`select name, category from public.tags where id = ${row?.id ?? ''}`
  expect(tag).toEqual({ name: 'Shared by two', category: 'mood' })
  await one.context().close()
  await two.context().close()
})

test('tags are exported, as many as the filter leaves', async () => {
  await fixture.database.sql`insert into public.tags (name) values ('=HYPERLINK("x")'), ('Hyperlink, plain')`
  const { page } = await fixture.visit(admin, '/admin/tags?q=hyperlink')
  const save = async (format: string) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: `Export ${format}` }).click(),
    ])
    await page.getByRole('status').getByText('Saved 2 tags.').waitFor()
    return readFile(await download.path(), 'utf8')
  }
  const csv = await save('CSV')
  expect(csv.split('\r\n')).toEqual([
    '\ufeffid,name,category,colour,songs,standard,to review,banned,merged into,synonyms,made on',
    expect.stringMatching(/^[0-9a-f-]{36},"'=HYPERLINK\(""x""\)",theme,,0,no,no,no,,,/),
    expect.stringMatching(/^[0-9a-f-]{36},"Hyperlink, plain",/),
    '',
  ])
  const json: unknown = JSON.parse(await save('JSON'))
  expect(json).toMatchObject([{ name: '=HYPERLINK("x")', synonyms: [] }, { name: 'Hyperlink, plain' }])
  await page.context().close()
})

test('a tag that is not there is said, with a way back', async () => {
  const [row] = await fixture.database.sql<{ id: string }[]>`
    insert into public.tags (name) values ('Gone while it is open') returning id`
  const { page } = await fixture.visit(admin, `/admin/tags/${row?.id}`)
  await page.getByLabel('Name', { exact: true }).fill('Too late')
  // As a rollback does with what its run has made.
  await fixture.database.sql`delete from public.tags where id = ${row?.id ?? ''}`
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('There is no such tag').waitFor()
  await page.goto('/admin/tags/nonsense')
  await page.getByText('There is no such tag').waitFor()
  await page.getByRole('link', { name: 'Show all tags' }).click()
  await page.getByRole('table', { name: 'Tags' }).waitFor()
  await page.context().close()
})

test.each([
  ['phone', phone],
  ['desktop', desktop],
])('on a %s axe finds nothing, and nothing sticks out', async (_name, options) => {
  const { page } = await fixture.visit(admin, '/admin/tags', options)
  await page.getByRole('checkbox', { name: 'Choose Adoption' }).check()
  await expectSound(page)
  const hope = await tagId('Hope')
  await page.goto(`/admin/tags/${hope}`)
  await page.getByRole('heading', { name: 'Its songs with most arrangements' }).waitFor()
  await page.getByText('Month by month').click()
  await page.getByLabel('Name', { exact: true }).fill('')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('A tag needs a name.').waitFor()
  await expectSound(page)
  await page.goto(`/admin/tags/merge?${new URLSearchParams({ from: `${hope},${await tagId('Praise')}` })}`)
  await page.getByRole('radio', { name: 'Praise' }).check()
  await page.getByRole('button', { name: /^Merge “Hope”/ }).waitFor()
  await expectSound(page)
  await page.goto('/admin/tags/duplicates')
  await page
    .getByRole('status')
    .getByText(/found$/)
    .waitFor()
  await expectSound(page)
  await page.goto('/admin/tags/new')
  await page.getByLabel('Name', { exact: true }).fill('Thanksgivng')
  await page.getByText('Nearly the same').waitFor()
  await expectSound(page)
  await page.context().close()
})
