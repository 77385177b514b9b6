import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { FunctionProcess } from '../../scripts/functions/startDeno.ts'
import { type AppFixture, openAppFixture, signIn } from '../../scripts/testing/appFixture.ts'
import { startFunction, stopFunction } from '../../scripts/testing/functionFixture.ts'
import { closeGate } from '../../scripts/testing/gate.ts'
import { addSongs, runnerFor, startRun, type Themes } from '../../scripts/testing/migrationFixture.ts'
import { emptyDatabase } from '../../scripts/testing/rollbackFixture.ts'

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
