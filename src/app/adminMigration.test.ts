import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { FunctionProcess } from '../../scripts/functions/startDeno.ts'
import {
  type ConsoleFixture,
  desktop,
  expectSound,
  openConsoleFixture,
  phone,
  tabTo,
} from '../../scripts/testing/consoleFixture.ts'
import { startFunction, stopFunction } from '../../scripts/testing/functionFixture.ts'
import { closeGate, isWaitedFor } from '../../scripts/testing/gate.ts'
import { addSongs, runnerFor, startRun, type Themes } from '../../scripts/testing/migrationFixture.ts'
import { emptyDatabase } from '../../scripts/testing/rollbackFixture.ts'
import { PACE } from '../features/tags/migration/batchSizer.ts'

const admin = 'admin@example.org'
const other = 'other-admin@example.org'
const moderator = 'moderator@example.org'

let fixture: ConsoleFixture
let served: FunctionProcess
/** Whether the page is to find an edge function. */
let isDeployed = true

beforeAll(async () => {
  fixture = await openConsoleFixture(
    { [admin]: 'admin', [other]: 'admin', [moderator]: 'moderator' },
    async () => (isDeployed ? served.url : undefined),
  )
  served = await startFunction(fixture.database)
})

afterEach(async () => {
  isDeployed = true
  await emptyDatabase(fixture.database)
  await fixture.database.sql`truncate tag_migration.drift_check, tag_migration.rehearsal`
})

afterAll(async () => {
  await stopFunction(served)
  await fixture?.close()
})

/** As long as the page waits for what others do, and a little: it looks again. */
const looksAgain = (page: Page) => page.clock.fastForward(5000)

/** Somebody on the migration page. */
const visit = (email = admin, options: object = desktop) => fixture.visit(email, '/admin/migration', options)

const state = (page: Page, name: string) => page.getByRole('heading', { level: 2, name, exact: true })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
/** A command that is shown to be run elsewhere. */
const command = (page: Page, text: string) => page.getByRole('code').getByText(text, { exact: true })

/** The browser itself reports an answer that is no success; nothing else may be said. */
const unexpected = (complaints: string[]) => complaints.filter((text) => !text.includes('404'))

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
  await page.getByText(`target ${PACE.polite.batchMs} ms`).waitFor()

  await button(page, 'Roll back…').press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Roll back' })
  await dialog.getByText('250 songs', { exact: true }).waitFor()
  await dialog.getByText('an estimate').waitFor()
  const field = dialog.getByRole('textbox', { name: 'Type the number of songs, 250, to go on' })
  await field.fill('25')
  await field.press('Enter')
  await dialog.getByText('That is not 250 songs. Nothing was changed.').waitFor()
  expect(await fixture.database.sql`select status from tag_migration.run`).toEqual([{ status: 'complete' }])
  // The server fails in the middle of it: what is committed is safe, and the same again goes on.
  await page.route('**/functions/v1/migrate-themes', (route) =>
    route.request().postData()?.includes('rollback')
      ? route.fulfill({ status: 500, body: '<html>' })
      : route.continue(),
  )
  await field.fill('250')
  await field.press('Enter')
  await page.getByRole('alert').getByText('The edge function answered with 500.').waitFor()
  expect(complaints.splice(0)).toEqual([expect.stringContaining('500')])
  expect(await fixture.database.sql`select status from tag_migration.run`).toEqual([{ status: 'complete' }])
  await page.unroute('**/functions/v1/migrate-themes')
  await button(page, 'Roll back…').press('Enter')
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
  const { page } = await visit(admin, { ...desktop, hasOwnClock: true })
  const { page: otherPage } = await visit(other, { ...desktop, hasOwnClock: true })
  await button(page, 'Start migration').click()
  const batch = await gate.reached()
  await looksAgain(page)
  await state(page, 'Running').waitFor()
  await looksAgain(otherPage)
  await state(otherPage, 'Running').waitFor()
  // It waits for the batch under way.
  await button(otherPage, 'Pause').click()
  await isWaitedFor(sql, batch)
  await gate.open()
  await state(page, 'Paused').waitFor()
  await page.getByText(`Waits: paused by ${other}`).waitFor()
  await gate.remove()
  await button(page, 'Resume').click()
  await state(page, 'Complete').waitFor()
  await looksAgain(otherPage)
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
  const { page, complaints } = await visit(admin, { ...desktop, hasOwnClock: true })
  await command(page, 'npm run migrate').waitFor()
  expect(await button(page, 'Start migration').count()).toBe(0)
  await startRun(fixture.database)
  await looksAgain(page)
  await state(page, 'Preparing').waitFor()
  await button(page, 'Pause').click()
  await state(page, 'Paused').waitFor()
  await command(page, 'npm run migrate -- --resume').waitFor()
  await runnerFor(fixture.database, { unfinished: 'resume' }).run()
  await looksAgain(page)
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

test('finalized with the keyboard when nothing is missing, and brought back by a rollback', async () => {
  const { sql } = fixture.database
  await addSongs(sql, songs(10))
  await runnerFor(fixture.database).run()
  await sql`update tag_migration.run set in_step_at = now() - interval '15 days'`
  await sql`select public.tag_migration_record_rehearsal(10, 0, '{}', 'test')`
  const { page, complaints } = await visit()
  // A function whose calls are too short to validate so many songs says who can.
  const tooLarge = {
    outcome: 'too-large',
    again: false,
    message: 'Validating all songs takes longer than one call may.',
  }
  let isTooLarge = true
  // From the start on: what is asked just when the browser begins to let requests be answered here may get through.
  await page.route('**/functions/v1/migrate-themes', (route) =>
    isTooLarge && route.request().postData()?.includes('"finalize"')
      ? route.fulfill({ json: tooLarge })
      : route.continue(),
  )
  await state(page, 'Complete').waitFor()
  await tabTo(page, 'Finalize…')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Finalize' })
  await dialog.getByText('Refused: 1 of 5 still missing. Nothing was changed.').waitFor()
  await tabTo(page, 'Check once around for drift')
  await page.keyboard.press('Enter')
  await dialog.getByText('Nothing is missing.').waitFor()
  await tabTo(page, 'Type the number of songs, 10')
  await page.keyboard.type('10')
  await page.keyboard.press('Enter')
  await page.getByText('Validating all songs takes longer than one call may. Nothing was changed.').waitFor()
  await command(page, 'npm run migrate -- --finalize').waitFor()
  isTooLarge = false
  await tabTo(page, 'Finalize…')
  await page.keyboard.press('Enter')
  await dialog.getByText('Nothing is missing.').waitFor()
  await tabTo(page, 'Type the number of songs, 10')
  await page.keyboard.type('10')
  await tabTo(page, 'Drop the old themes')
  await page.keyboard.press('Enter')
  await page.getByText('The old themes are archived and dropped.').waitFor()
  await tabTo(page, 'Roll back…')
  await page.keyboard.press('Enter')
  await page.getByText('an estimate').waitFor()
  await tabTo(page, 'Type the number of songs, 10')
  await page.keyboard.type('10')
  await page.keyboard.press('Enter')
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
    await expect.poll(() => page.getByText('Stuck is no tag. (23514, 1 try)').count()).toBe(3)
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

  test('is left while the run is at work, which stands still for it', async () => {
    const { sql } = fixture.database
    await addSongs(sql, songs(250))
    const [stuck] = await sql`select id from public.songs order by id limit 1`
    const gate = await closeGate(sql, 'tag_migration.batch')
    const { page, complaints } = await visit(admin, { ...desktop, hasOwnClock: true })
    await button(page, 'Start migration').click()
    const batch = await gate.reached()
    await sql`
      insert into tag_migration.quarantine (run_id, song_id, sqlstate, message, attempts)
      select r.id, ${stuck?.id}, '23514', 'Stuck is no tag.', 1 from tag_migration.run as r`
    await looksAgain(page)
    await page.getByText('To try them again the run stands still for a moment.').waitFor()
    // The pause waits for the batch under way.
    await page.getByRole('button', { name: /^Retry Song/ }).click()
    await isWaitedFor(sql, batch)
    await gate.remove()
    await state(page, 'Complete').waitFor()
    await page.getByRole('heading', { name: /in quarantine$/ }).waitFor({ state: 'hidden' })
    expect(await sql`select to_status from tag_migration.run_event where to_status = 'paused'`).toEqual([
      { to_status: 'paused' },
    ])
    expect(complaints).toEqual([])
    await page.context().close()
  })
})

test('a session that ends while the page is open is said, and what is shown stays', async () => {
  await addSongs(fixture.database.sql, songs(10))
  await runnerFor(fixture.database).run()
  const { page } = await visit(admin, { ...desktop, hasOwnClock: true })
  await state(page, 'Complete').waitFor()
  await page.route('**/rest/v1/rpc/administer_migration', (route) =>
    route.fulfill({ status: 401, json: { code: 'PGRST301', message: 'JWT expired' } }),
  )
  await looksAgain(page)
  await page
    .getByRole('alert')
    .getByText('The session is over. Sign in again; nothing was changed.')
    .waitFor()
  await state(page, 'Complete').waitFor()
  await page.unroute('**/rest/v1/rpc/administer_migration')
  await looksAgain(page)
  await page.getByRole('alert').getByText('The session is over').waitFor({ state: 'hidden' })
  await page.context().close()
})

test('a moderator is told that it is not for her', async () => {
  const { page } = await visit(moderator)
  await page.getByText('This page is for admins', { exact: true }).waitFor()
  expect(await page.getByRole('heading', { name: 'There is no run yet' }).count()).toBe(0)
  await page.context().close()
})

test.each([
  ['phone', phone],
  ['desktop', desktop],
])('on a %s axe finds nothing, and nothing sticks out', async (_name, options) => {
  await addSongs(fixture.database.sql, songs(20))
  await runnerFor(fixture.database).run()
  const { page } = await visit(admin, options)
  await state(page, 'Complete').waitFor()
  await page.getByText('Batches as a table').click()
  await expectSound(page)
  await button(page, 'Roll back…').click()
  await page.getByRole('dialog').getByText('20 songs', { exact: true }).waitFor()
  await expectSound(page)
  await page.keyboard.press('Escape')
  await button(page, 'Finalize…').click()
  await page.getByText('Refused: 3 of 5').waitFor()
  await expectSound(page)
  await page.context().close()
})
