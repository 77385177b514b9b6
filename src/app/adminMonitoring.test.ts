import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type AppFixture, openAppFixture } from '../../scripts/testing/appFixture.ts'
import { violations } from '../../scripts/testing/axe.ts'
import { addMetrics, removeMetrics } from '../../scripts/testing/metricsFixture.ts'
import { addSongs, runnerFor } from '../../scripts/testing/migrationFixture.ts'

const admin = 'admin@example.org'
const moderator = 'moderator@example.org'
const desktop = { viewport: { width: 1280, height: 900 } }
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

let fixture: AppFixture

beforeAll(async () => {
  fixture = await openAppFixture()
  for (const [email, role] of [
    [admin, 'admin'],
    [moderator, 'moderator'],
  ] as const) {
    await fixture.database.signUp(email)
    const { error } = await fixture.database.serviceClient.rpc('grant_role', { p_email: email, p_role: role })
    expect(error).toBeNull()
  }
  await addSongs(fixture.database.sql, [['Grace'], ['Mercy']])
  await runnerFor(fixture.database).run()
})
afterEach(() => removeMetrics(fixture.database))
afterAll(() => fixture?.close())

async function visit(options: object = desktop, email = admin) {
  const visitor = await fixture.openPageOf(email, options)
  await visitor.page.goto('/admin/monitoring')
  return visitor
}

const headline = (page: Page, label: string) =>
  page.locator('dl > div').filter({ has: page.getByText(label, { exact: true }) })
const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

test('an admin reads how fast it is, what is used and what was wrong', async () => {
  await addMetrics(fixture.database)
  const { page, complaints } = await visit()
  await headline(page, 'Searches, p95').getByText('Not met').waitFor()
  expect(await headline(page, 'Searches, p95').textContent()).toMatch(/Searches, p95[56]\d\d ms/)
  expect(await headline(page, 'Cache hit ratio').textContent()).toContain('90%')
  expect(await headline(page, 'Calls that failed').textContent()).toContain('1%')
  // One line for each percentile of both, and those of the other charts.
  await expect.poll(() => page.locator('.recharts-line-curve').count()).toBe(14)

  const searches = page.getByRole('figure').filter({ hasText: 'Searches' }).first()
  await searches.getByText('Table', { exact: true }).click()
  await searches.getByRole('columnheader', { name: 'p95, ms' }).waitFor()
  expect(await searches.getByRole('row').count()).toBeGreaterThan(2)

  await panel(page, 'Popular tags').getByRole('rowheader', { name: 'Grace' }).waitFor()
  await panel(page, 'Searches that found nothing')
    .getByRole('row', { name: 'thanksgifing feast 7 Thanksgiving' })
    .waitFor()
  await panel(page, 'Alerts').getByText('Searches are slow: 640 ms, wanted is at most 500 ms').waitFor()
  await panel(page, 'Last migration run').getByText('Complete: 2 of 2 songs').waitFor()

  // What is searched for in vain becomes a name of the tag that was meant.
  const proposal = page.getByRole('button', { name: 'Add synonym “thanksgifing feast” to Thanksgiving' })
  await proposal.click()
  const unfound = panel(page, 'Searches that found nothing')
  await unfound.getByText('Thanksgiving has the synonym “thanksgifing feast” now.').waitFor()
  await unfound.getByRole('row', { name: 'thanksgifing feast 7 Thanksgiving already' }).waitFor()
  const { sql } = fixture.database
  expect(
    await sql`
      select t.name, l.action from public.tag_names as n join public.tags as t on t.id = n.tag_id
      join public.tag_moderation_log as l on l.tag_id = t.id where n.normalized_name = 'thanksgifing feast'`,
  ).toEqual([{ name: 'Thanksgiving', action: 'edit' }])
  expect(complaints).toEqual([])

  // A name that somebody else has given away meanwhile stays where it is.
  await sql`
    insert into public.tag_synonyms (tag_id, name)
    select id, 'Merrcy' from public.tags where name = 'Grace'`
  await unfound.getByRole('button', { name: 'Add synonym “merrcy” to Mercy' }).click()
  await unfound.getByRole('alert').getByText('Another tag has this name or synonym already.').waitFor()
  await page.context().close()
})

test('figures are saved for a spreadsheet, without formulas', async () => {
  await addMetrics(fixture.database)
  const { page } = await visit()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as CSV Frequent searches' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('frequent-searches.csv')
  const text = await readFile(await download.path(), 'utf8')
  expect(text).toContain("'=cmd('x'),4,0\r\n")
  expect(text).toContain('thanksgifing feast,9,7\r\n')
  await page.context().close()
})

test('figures come anew by themselves, and for another time when it is chosen', async () => {
  const { page } = await visit()
  await page.getByText('Nothing was measured in this time.').first().waitFor()
  await addMetrics(fixture.database)
  await page.getByRole('combobox', { name: 'Refresh' }).selectOption('Every 15 seconds')
  await headline(page, 'Searches, p95').getByText('ms').first().waitFor()
  await fixture.database.sql`update tag_monitoring.bucket set at = at - interval '2 days'`
  await page.getByRole('combobox', { name: 'Time' }).selectOption('Last hour')
  await expect.poll(() => headline(page, 'Searches, p95').textContent()).toContain('–')
  await page.getByRole('combobox', { name: 'Time' }).selectOption('Last 7 days')
  await expect.poll(() => headline(page, 'Searches, p95').textContent()).toMatch(/\d ms/)
  await page.context().close()
})

test('a moderator is told that it is for admins', async () => {
  await addMetrics(fixture.database)
  const { page } = await visit(desktop, moderator)
  await page.getByRole('main').getByText(/admin/i).first().waitFor()
  expect(await page.getByText('Popular tags').count()).toBe(0)
  await page.context().close()
})

describe.each([
  ['phone', phone],
  ['desktop', desktop],
])('on a %s', (_name, options) => {
  test('axe finds nothing, and nothing sticks out', async () => {
    await addMetrics(fixture.database)
    const { page } = await visit(options)
    await expect.poll(() => page.locator('.recharts-line-curve').count()).toBe(14)
    await page.getByText('Table', { exact: true }).first().click()
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    await page.context().close()
  })
})

test('on a phone an empty songbook says so, and axe finds nothing', async () => {
  const { page } = await visit(phone)
  await page.getByText('Nothing was measured in this time.').first().waitFor()
  expect(await violations(page)).toEqual([])
  await page.context().close()
})
