import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { FunctionProcess } from '../../scripts/functions/startDeno.ts'
import {
  type ConsoleFixture,
  desktop,
  expectSound,
  openConsoleFixture,
  phone,
} from '../../scripts/testing/consoleFixture.ts'
import { startFunction, stopFunction } from '../../scripts/testing/functionFixture.ts'
import { addSongs, runnerFor } from '../../scripts/testing/migrationFixture.ts'
import { emptyDatabase, tag, untag } from '../../scripts/testing/rollbackFixture.ts'
import { planHash } from '../features/tags/migration/plan.ts'
import { parsePlan } from '../features/tags/migration/planFile.ts'

const admin = 'admin@example.org'

let fixture: ConsoleFixture
let served: FunctionProcess

beforeAll(async () => {
  fixture = await openConsoleFixture({ [admin]: 'admin' }, async () => served.url)
  served = await startFunction(fixture.database)
})

afterEach(() => emptyDatabase(fixture.database))

afterAll(async () => {
  await stopFunction(served)
  await fixture?.close()
})

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

test('the history tells runs with their certificates and plans, and a song before, migrated and now', async () => {
  const { sql } = fixture.database
  const [song = ''] = await addSongs(sql, [['Grace', ' a tag of ours '], ['Hope']])
  await runnerFor(fixture.database).run()
  const [run] = await sql`select certificate, plan_hash from tag_migration.run`
  await tag(sql, song, 'Joy')
  await untag(sql, song, 'Grace')
  const { page, complaints } = await fixture.visit(admin, '/admin/migration/history')
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
  ['phone', phone],
  ['desktop', desktop],
])('on a %s axe finds nothing, and nothing sticks out', async (_name, options) => {
  await addSongs(fixture.database.sql, [['Grace', 'Pryaer'], ['Mercy and Hope'], ['grace ', null], null])
  await runnerFor(fixture.database).run()
  const { page } = await fixture.visit(admin, '/admin/migration/history', options)
  await page.getByRole('searchbox', { name: 'Title or id' }).fill('song 0')
  await button(page, 'Song 0').click()
  await page.getByRole('heading', { name: 'Migrated' }).waitFor()
  await expectSound(page)
  await page.context().close()
})
