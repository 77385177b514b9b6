import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { FunctionProcess } from '../../scripts/functions/startDeno.ts'
import { type AppFixture, openAppFixture, signIn } from '../../scripts/testing/appFixture.ts'
import { startFunction, stopFunction } from '../../scripts/testing/functionFixture.ts'
import { closeGate } from '../../scripts/testing/gate.ts'
import {
  addSongs,
  runnerFor,
  startRun,
  type Themes,
  tagsBySong,
} from '../../scripts/testing/migrationFixture.ts'
import { emptyDatabase, tag, untag } from '../../scripts/testing/rollbackFixture.ts'
import { planHash } from '../features/tags/migration/plan.ts'
import { parsePlan } from '../features/tags/migration/planFile.ts'

const admin = 'admin@example.org'
const other = 'other-admin@example.org'
const moderator = 'moderator@example.org'
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const desktop = { viewport: { width: 1280, height: 900 } }

let fixture: AppFixture
let axe: string
let served: FunctionProcess
/** Whether the page is to find an edge function. */
let isDeployed = true

beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  fixture = await openAppFixture(async () => (isDeployed ? served.url : undefined))
  const { database } = fixture
  served = await startFunction(database)
  for (const [email, role] of [
    [admin, 'admin'],
    [other, 'admin'],
    [moderator, 'moderator'],
  ] as const) {
    await database.signUp(email)
    const { error } = await database.serviceClient.rpc('grant_role', { p_email: email, p_role: role })
    if (error) throw error
  }
}, 60_000)

afterEach(async () => {
  isDeployed = true
  await emptyDatabase(fixture.database)
  await fixture.database.sql`truncate tag_migration.drift_check, tag_migration.rehearsal`
})

afterAll(async () => {
  await stopFunction(served)
  await fixture?.close()
})

/** Somebody on the migration page. */
async function visit(email = admin, options: object = desktop) {
  const visitor = await fixture.openPage(options)
  await visitor.page.goto('/sign-in?next=/admin/migration')
  await signIn(visitor.page, email)
  await visitor.page.waitForURL('**/admin/migration')
  return visitor
}

const state = (page: Page, name: string) => page.getByRole('heading', { level: 2, name, exact: true })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
/** A command that is shown to be run elsewhere. */
const command = (page: Page, text: string) => page.getByRole('code').getByText(text, { exact: true })

/** The browser itself reports an answer that is no success; nothing else may be said. */
const unexpected = (complaints: string[]) => complaints.filter((text) => !text.includes('404'))

/** What axe complains of, in a line each. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { violations: found } = await (
      globalThis as unknown as {
        axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
      }
    ).axe.run()
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  })
}

const THEMES: Themes[] = [
  ['Grace', 'Pryaer'],
  ['Mercy and Hope'],
  ['grace ', null],
  null,
  ['A tag of its own'],
]
const songs = (count: number): Themes[] =>
  Array.from({ length: count }, (_, n) => THEMES[n % THEMES.length] ?? null)

test('from the start to the certificate, and back', async () => {
  await addSongs(fixture.database.sql, songs(250))
  const { page, complaints } = await visit()
  await page.getByText('There is no run yet').waitFor()
  await button(page, 'Start migration').press('Enter')
  await state(page, 'Complete').waitFor()
  await page.getByText('250 of 250 songs (100%)').waitFor()
  const [run] = await fixture.database.sql`select certificate, worker from tag_migration.run`
  await page.getByText(String(run?.certificate)).waitFor()
  await page.getByText('Done: every song is migrated, validated and certified.').waitFor()
  await page.getByText('edge function for you', { exact: true }).waitFor()

  await button(page, 'Roll back…').press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Roll back' })
  await dialog.getByText('250 songs', { exact: true }).waitFor()
  await dialog.getByText('an estimate').waitFor()
  const field = dialog.getByRole('textbox', { name: 'Type the number of songs, 250, to go on' })
  await field.fill('25')
  await field.press('Enter')
  await dialog.getByText('That is not 250 songs. Nothing was changed.').waitFor()
  expect(await fixture.database.sql`select status from tag_migration.run`).toEqual([{ status: 'complete' }])
  await field.fill('250')
  await field.press('Enter')
  await state(page, 'Rolled back').waitFor()
  expect(await fixture.database.sql`select count(*)::integer as n from public.song_tags`).toEqual([{ n: 0 }])
  expect(complaints).toEqual([])
  await page.context().close()
})

test('paused, resumed and cancelled while it works; another admin sees it', async () => {
  const { sql } = fixture.database
  await addSongs(sql, songs(250))
  const gate = await closeGate(sql, 'tag_migration.batch')
  const { page } = await visit()
  const { page: otherPage } = await visit(other)
  await button(page, 'Start migration').click()
  await gate.reached()
  await state(page, 'Running').waitFor()
  await state(otherPage, 'Running').waitFor()
  // It waits for the batch under way.
  await button(otherPage, 'Pause').click()
  await gate.open()
  await state(page, 'Paused').waitFor()
  await page.getByText(`Waits: paused by ${other}`).waitFor()
  await gate.remove()
  await button(page, 'Resume').click()
  await state(page, 'Complete').waitFor()
  await state(otherPage, 'Complete').waitFor()
  await page.context().close()
  await otherPage.context().close()
})

test('a run that is given up keeps what it did, and another one migrates the rest', async () => {
  await addSongs(fixture.database.sql, songs(10))
  await startRun(fixture.database)
  const { page } = await visit()
  await button(page, 'Cancel run…').click()
  await button(page, 'Keep it').click()
  await state(page, 'Preparing').waitFor()
  await button(page, 'Cancel run…').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the run' }).click()
  await state(page, 'Cancelled').waitFor()
  await button(page, 'Migrate the rest').click()
  await state(page, 'Complete').waitFor()
  await page.context().close()
})

test('without an edge function a terminal works, and the page shows how and how it goes', async () => {
  isDeployed = false
  await addSongs(fixture.database.sql, songs(10))
  const { page, complaints } = await visit()
  await command(page, 'npm run migrate').waitFor()
  expect(await button(page, 'Start migration').count()).toBe(0)
  await startRun(fixture.database)
  await state(page, 'Preparing').waitFor()
  await button(page, 'Pause').click()
  await state(page, 'Paused').waitFor()
  await command(page, 'npm run migrate -- --resume').waitFor()
  await runnerFor(fixture.database, { unfinished: 'resume' }).run()
  await state(page, 'Complete').waitFor()
  await button(page, 'Roll back…').click()
  await command(page, 'npm run rollback').waitFor()
  await page.getByRole('radio', { name: /^Exactly as before/ }).check()
  await command(page, 'npm run rollback -- --exact').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  expect(await button(page, 'Roll back…').evaluate((node) => node === document.activeElement)).toBe(true)
  expect(unexpected(complaints)).toEqual([])
  await page.context().close()
})

test('finalizing is refused with its list while something is missing', async () => {
  await addSongs(fixture.database.sql, songs(10))
  await runnerFor(fixture.database).run()
  const { page, complaints } = await visit()
  await button(page, 'Finalize…').click()
  const dialog = page.getByRole('dialog', { name: 'Finalize' })
  await dialog.getByText('Refused: 3 of 5 still missing. Nothing was changed.').waitFor()
  expect(await dialog.getByRole('listitem').allInnerTexts()).toEqual([
    expect.stringMatching(/Holds:\s*a run stands complete, and none is under way/),
    expect.stringMatching(/Missing:\s*the last round of drift checks is clean/),
    expect.stringMatching(/Missing:\s*a rollback was rehearsed, without a difference/),
    expect.stringMatching(/Missing:\s*no old client has written themes for 14 days/),
    expect.stringMatching(/Holds:\s*every song is migrated and passes validation/),
  ])
  expect(await dialog.getByRole('button', { name: 'Drop the old themes' }).count()).toBe(0)
  expect(complaints).toEqual([])
  await page.context().close()
})

describe('the plan', () => {
  const grid = (page: Page) => page.getByRole('grid', { name: 'Themes' })
  const facts = (page: Page, text: string) => page.getByText(text, { exact: true }).waitFor()
  const activeRow = (page: Page) =>
    grid(page).evaluate((node) => {
      const row = document.getElementById(node.getAttribute('aria-activedescendant') ?? '')
      return row?.querySelector('td:nth-child(2)')?.textContent
    })

  async function openPlan(options?: object) {
    const visitor = await visit(admin, options)
    await visitor.page.getByRole('link', { name: 'Plan', exact: true }).click()
    await grid(visitor.page).waitFor()
    return visitor
  }

  test('is reviewed by keyboard alone, and a run is started with exactly that', async () => {
    const { sql } = fixture.database
    const [song = '', , compound = ''] = await addSongs(sql, [
      ['Pryaer'],
      ['Pryaer', 'Grace'],
      ['Mercy and Hope'],
      ['A tag of ours'],
      ['a Tag Of ours'],
    ])
    const { page, complaints } = await openPlan()
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
    await state(page, 'Complete').waitFor()
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

  test('is decided in bulk, filtered and found', async () => {
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
    expect(await grid(page).getAttribute('aria-rowcount')).toBe('41')
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
    expect(await grid(page).getAttribute('aria-rowcount')).toBe('4')
    await page.getByRole('combobox', { name: 'Show' }).selectOption('All themes')
    await page.getByRole('searchbox', { name: 'Find a theme or tag' }).fill('THEME 39')
    expect(await grid(page).getAttribute('aria-rowcount')).toBe('2')

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

  test('goes out and comes back as the file that the command reads', async () => {
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
    await file.setInputFiles({ name: 'plan.json', mimeType: 'application/json', buffer: Buffer.from(text) })
    await page.getByText('The file differs from the plan as it was made in 1 theme.').waitFor()
    await facts(page, '1 to review')
    const result = await runnerFor(fixture.database, { plan }).run()
    expect(result.phase).toBe('complete')
    await page.getByRole('link', { name: 'Run', exact: true }).click()
    await state(page, 'Complete').waitFor()
    await page.context().close()
  })

  test('of a run that is on is frozen', async () => {
    await addSongs(fixture.database.sql, [['Grace']])
    await startRun(fixture.database)
    const { page } = await visit()
    await page.getByRole('link', { name: 'Plan', exact: true }).click()
    await page.getByText('The plan is frozen while a run is on').waitFor()
    await page.context().close()
  })

  test.each([
    ['phone', phone, 'light'],
    ['phone', phone, 'dark'],
    ['desktop', desktop, 'light'],
    ['desktop', desktop, 'dark'],
  ] as const)(
    'on a %s (%#), %s, axe finds nothing, and nothing sticks out',
    async (_name, options, colorScheme) => {
      await addSongs(fixture.database.sql, songs(20))
      const { page } = await openPlan({ ...options, colorScheme })
      await page.getByText(/^Touches/).waitFor()
      expect(await violations(page)).toEqual([])
      await page.getByRole('button', { name: /^Change or split/ }).click()
      expect(await violations(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
      await page.context().close()
    },
  )
})

test('finalized when nothing is missing, with the number of songs, and brought back by a rollback', async () => {
  const { sql } = fixture.database
  await addSongs(sql, songs(10))
  await runnerFor(fixture.database).run()
  await sql`update tag_migration.run set in_step_at = now() - interval '15 days'`
  await sql`select public.tag_migration_record_rehearsal(10, 0, '{}', 'test')`
  const { page, complaints } = await visit()
  await button(page, 'Finalize…').click()
  const dialog = page.getByRole('dialog', { name: 'Finalize' })
  await dialog.getByText('Refused: 1 of 5 still missing. Nothing was changed.').waitFor()
  await button(page, 'Check once around for drift').click()
  await dialog.getByText('Nothing is missing.').waitFor()
  await dialog.getByRole('textbox', { name: 'Type the number of songs, 10, to go on' }).fill('10')
  await dialog.getByRole('button', { name: 'Drop the old themes' }).click()
  await page.getByText('The old themes are archived and dropped.').waitFor()
  await button(page, 'Roll back…').click()
  await page.getByRole('textbox', { name: 'Type the number of songs, 10, to go on' }).fill('10')
  await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click()
  await state(page, 'Rolled back').waitFor()
  expect(await sql`select count(themes)::integer as n from public.songs`).toEqual([{ n: 8 }])
  expect(complaints).toEqual([])
  await page.context().close()
})

describe('quarantine', () => {
  afterEach(() => fixture.database.sql`drop function if exists public.refuse_stuck() cascade`)

  test('names its songs with their reason; one is tried again, then all', async () => {
    const { sql } = fixture.database
    await addSongs(sql, [['Grace'], ['Stuck'], ['Stuck too'], ['Stuck as well']])
    await sql`
      create function public.refuse_stuck() returns trigger language plpgsql set search_path = '' as $$
      begin
        if (select t.name from public.tags as t where t.id = new.tag_id) like 'Stuck%' then
          raise exception using errcode = '23514', message = 'Stuck is no tag.';
        end if;
        return new;
      end $$`
    await sql`
      create trigger refuse_stuck before insert on public.song_tags for each row execute function public.refuse_stuck()`
    await runnerFor(fixture.database).run()
    const { page, complaints } = await visit()
    const heading = (text: string) => page.getByRole('heading', { name: text, exact: true }).waitFor()
    await heading('3 songs in quarantine')
    expect(await page.getByText('Stuck is no tag. (23514, 1 try)').count()).toBe(3)
    await sql`drop function public.refuse_stuck() cascade`
    await button(page, 'Retry Song 1').click()
    await heading('2 songs in quarantine')
    await state(page, 'Complete').waitFor()
    await button(page, 'Retry all').click()
    await page.getByRole('heading', { name: /in quarantine$/ }).waitFor({ state: 'hidden' })
    const [left] = await sql`select count(*)::integer as n from public.songs as s
      where not exists (select from tag_migration.song_state as st where st.song_id = s.id)`
    expect(left).toEqual({ n: 0 })
    expect(complaints).toEqual([])
    await page.context().close()
  })
})

describe('history', () => {
  test('tells runs with their certificates and plans, and a song before, migrated and now', async () => {
    const { sql } = fixture.database
    const [song = ''] = await addSongs(sql, [['Grace', ' a tag of ours '], ['Hope']])
    await runnerFor(fixture.database).run()
    const [run] = await sql`select certificate, plan_hash from tag_migration.run`
    await tag(sql, song, 'Joy')
    await untag(sql, song, 'Grace')
    const { page, complaints } = await visit()
    await page.getByRole('link', { name: 'History', exact: true }).click()
    await page.getByText(`certificate ${run?.certificate}`).waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /^Export plan/ }).click(),
    ])
    expect(await planHash(parsePlan(await readFile(await download.path(), 'utf8')))).toBe(run?.plan_hash)

    await page.getByRole('searchbox', { name: 'Title or id' }).fill('song 0')
    await button(page, 'Song 0').click()
    const changes = page.getByRole('article', { name: 'Song 0' })
    await changes.getByRole('heading', { name: 'Migrated' }).waitFor()
    expect(await changes.getByRole('list', { name: 'Themes' }).allInnerTexts()).toEqual([
      '“Grace”\n“ a tag of ours ”',
      '“ a tag of ours ”\n“Joy”',
    ])
    expect(await changes.getByRole('list', { name: 'Tags' }).allTextContents()).toEqual([
      '+ a tag of ours, added+ Grace, added',
      '+ Joy, addeda tag of ours− Grace, removed',
    ])
    await page.getByRole('searchbox', { name: 'Title or id' }).fill('no%such')
    await page.getByText('No song has a title like that.').waitFor()

    await page.getByRole('button', { name: /^Roll back…/ }).click()
    await page.getByRole('textbox', { name: 'Type the number of songs, 2, to go on' }).fill('2')
    await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click()
    await page.getByRole('heading', { name: /^Rolled back/ }).waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test.each([
    ['phone', phone, 'light'],
    ['phone', phone, 'dark'],
    ['desktop', desktop, 'light'],
    ['desktop', desktop, 'dark'],
  ] as const)(
    'on a %s (%#), %s, axe finds nothing, and nothing sticks out',
    async (_name, options, colorScheme) => {
      await addSongs(fixture.database.sql, songs(5))
      await runnerFor(fixture.database).run()
      const { page } = await visit(admin, { ...options, colorScheme })
      await page.getByRole('link', { name: 'History', exact: true }).click()
      await page.getByRole('searchbox', { name: 'Title or id' }).fill('song 0')
      await button(page, 'Song 0').click()
      await page.getByRole('heading', { name: 'Migrated' }).waitFor()
      expect(await violations(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
      await page.context().close()
    },
  )
})

test('a moderator is told that it is not for her', async () => {
  const { page } = await visit(moderator)
  await page.getByText('This page is for admins', { exact: true }).waitFor()
  expect(await page.getByRole('heading', { name: 'There is no run yet' }).count()).toBe(0)
  await page.context().close()
})

describe.each([
  ['phone', phone],
  ['desktop', desktop],
] as const)('on a %s', (_name, options) => {
  test.each(['light', 'dark'] as const)(
    '%s, axe finds nothing, and nothing sticks out',
    async (colorScheme) => {
      await addSongs(fixture.database.sql, songs(20))
      await runnerFor(fixture.database).run()
      const { page } = await visit(admin, { ...options, colorScheme })
      await state(page, 'Complete').waitFor()
      expect(await violations(page)).toEqual([])
      await button(page, 'Roll back…').click()
      await page.getByRole('dialog').getByText('20 songs', { exact: true }).waitFor()
      expect(await violations(page)).toEqual([])
      await page.keyboard.press('Escape')
      await button(page, 'Finalize…').click()
      await page.getByText('Refused: 3 of 5').waitFor()
      expect(await violations(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
      await page.context().close()
    },
  )
})
