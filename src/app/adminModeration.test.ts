import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signIn } from '../../scripts/testing/appFixture.ts'
import {
  type ConsoleFixture,
  desktop,
  expectSound,
  openConsoleFixture,
  phone,
} from '../../scripts/testing/consoleFixture.ts'

const admin = 'admin@example.org'
const moderator = 'moderator@example.org'
const member = 'member@example.org'

let fixture: ConsoleFixture

beforeAll(async () => {
  fixture = await openConsoleFixture({ [admin]: 'admin', [moderator]: 'moderator', [member]: null })
  const { database } = fixture
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

describe('the console', () => {
  test('is found by admins and moderators, and closed to everybody else', async () => {
    const { page } = await fixture.openPage(desktop)
    await page.goto('/admin')
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await signIn(page, member)
    await page.getByText('This page is for admins and moderators').waitFor()
    await page.getByRole('button', { name: `Account of ${member}` }).click()
    const panel = page.locator('[popover]:popover-open')
    await panel.getByRole('button', { name: 'Sign out' }).waitFor()
    expect(await panel.getByRole('link').count()).toBe(0)
    await panel.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await page.goto('/sign-in')
    await signIn(page, admin)
    await page.getByRole('button', { name: `Account of ${admin}` }).click()
    await panel.getByRole('link', { name: 'Admin console' }).click()
    await page.getByRole('navigation', { name: 'Console' }).waitFor()
    await expect.poll(() => panel.count()).toBe(0)
    await page.context().close()
  })

  test('says what is wrong when the role cannot be read, and goes on when it can', async () => {
    const { page } = await fixture.openPage(desktop)
    await page.route('**/rest/v1/user_roles*', (route) =>
      route.fulfill({ status: 400, json: { code: 'PGRST000', message: 'no' } }),
    )
    await page.goto('/sign-in?next=/admin/log')
    await signIn(page, admin)
    await page.getByRole('alert').getByText('Your role could not be read').waitFor()
    await page.unroute('**/rest/v1/user_roles*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { level: 1, name: 'Moderation log' }).waitFor()
    await page.context().close()
  })
})

test('on a phone the moderation log is filtered, and what it tells of is undone', async () => {
  const { database } = fixture
  const { client } = await database.signUp('other-moderator@example.org')
  await database.serviceClient.rpc('grant_role', {
    p_email: 'other-moderator@example.org',
    p_role: 'moderator',
  })
  const [praise, hope] = [await tagId('Praise'), await tagId('Hope')]
  await client.rpc('ban_tag', { p_tag: hope })
  await client.rpc('ban_tag', { p_tag: hope, p_is_banned: false })
  await client.rpc('merge_tags', { p_from: praise, p_into: hope })

  const { page, complaints } = await fixture.visit(moderator, '/admin/log', phone)
  const entries = page.getByRole('listitem').filter({ has: page.locator('time') })
  await page.getByText('Merged “Praise” into “Hope”, 20 songs').first().waitFor()
  await expectSound(page)
  await page.getByLabel('Person').selectOption('other-moderator@example.org')
  await expect.poll(() => entries.count()).toBe(3)
  await page.getByLabel('Action').selectOption('Ban lifted')
  await expect.poll(() => entries.count()).toBe(1)
  await page.reload()
  await page.getByText('Lifted the ban on “Hope”').waitFor()
  expect(await page.getByLabel('Action').inputValue()).toBe('unban')
  await page.getByLabel('To', { exact: true }).fill('2020-01-01')
  await page.getByText('No entry fits').waitFor()
  await page.getByRole('link', { name: 'Show all entries' }).click()
  await page.getByRole('button', { name: 'Undo: Merged “Praise” into “Hope”, 20 songs' }).click()
  await page.getByRole('status').getByText('Undone: Merged “Praise” into “Hope”, 20 songs').waitFor()
  await page.getByText('Took “Praise” out of “Hope” again, 20 songs').first().waitFor()
  expect(await tagId('Praise')).toBe(praise)
  const [row] = await database.sql`select usage_count::integer from public.tags where id = ${praise}`
  expect(row).toEqual({ usage_count: 20 })
  expect(complaints).toEqual([])
  await page.context().close()
})

test('an undo that somebody else was faster with is refused, and the log shows why', async () => {
  const { page } = await fixture.visit(admin, '/admin/log', { ...desktop, hasOwnClock: true })
  const grace = await tagId('Grace')
  const { client } = await fixture.database.signUp('fast@example.org')
  await fixture.database.serviceClient.rpc('grant_role', { p_email: 'fast@example.org', p_role: 'admin' })
  await client.rpc('ban_tag', { p_tag: grace })
  const undo = page.getByRole('button', { name: 'Undo: Banned “Grace”' })
  // Nobody loads the page again: it asks by itself.
  await page.clock.fastForward(10_000)
  await undo.waitFor()
  await expectSound(page)
  await client.rpc('ban_tag', { p_tag: grace, p_is_banned: false })
  await undo.click()
  await page.getByRole('alert').getByText('Somebody has changed the tag meanwhile').waitFor()
  await page.getByText('Lifted the ban on “Grace”').waitFor()
  await undo.waitFor({ state: 'detached' })
  await page.context().close()
})
