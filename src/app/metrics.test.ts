import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AppFixture, arrived, hasRun, openAppFixture } from '../../scripts/testing/appFixture.ts'

const email = 'metrics@example.org'
let fixture: AppFixture
let songId: string

beforeAll(async () => {
  fixture = await openAppFixture()
  const { database } = fixture
  const [song] =
    await database.sql`insert into public.songs (title, themes) values ('A lamp', '{}') returning id`
  songId = song?.id
  await database.signUp(email)
  const { error } = await database.serviceClient.rpc('grant_role', { p_email: email, p_role: 'editor' })
  expect(error).toBeNull()
})
afterAll(() => fixture?.close())

const uses = () => fixture.database.sql`
  select t.name, u.label, u.uses::integer from tag_monitoring.tag_use as u join public.tags as t on t.id = u.tag_id`

test('what an editor does with tags is counted when she leaves the page', async () => {
  const { page, complaints } = await fixture.openPageOf(email, {})
  await page.goto(`/songs/${songId}/edit`)
  // What sends comes by itself, some time after signing in.
  await arrived(page, 'sendMetrics')
  await page.getByRole('combobox', { name: 'Tags' }).fill('hope')
  await page.getByRole('option', { name: /^Hope/ }).first().click()
  await page.getByRole('button', { name: 'Save' }).click()
  // It is shown once the answer is there.
  await page.getByRole('heading', { level: 1, name: 'A lamp' }).waitFor()
  await page.goto('about:blank')
  await expect.poll(uses).toEqual([{ name: 'Hope', label: 'added', uses: 1 }])
  expect(complaints).toEqual([])
})

test('searches are timed by who answered: the server, this page, or what the browser has kept', async () => {
  const { page, complaints } = await fixture.openPageOf(email, {})
  const visit = async (address: string, look: () => Promise<void>) => {
    await page.goto(address)
    await look()
    await arrived(page, 'sendMetrics')
    await page.goto('about:blank')
  }
  const answerers = () =>
    fixture.database
      .sql`select distinct label from tag_monitoring.bucket where metric = 'songs.search' order by label`
  // More than once: who leaves before the browser has kept an answer asks the server again, and takes along what was not sent.
  await expect
    .poll(async () => {
      await visit('/', async () => {
        await page.getByText('1 song', { exact: true }).waitFor()
        await page.getByRole('searchbox').fill('nothing')
        await page.getByText('0 songs', { exact: true }).waitFor()
        await page.getByRole('searchbox').fill('')
        await page.getByText('1 song', { exact: true }).waitFor()
      })
      await visit('/?q=nothing', () => page.getByText('0 songs', { exact: true }).waitFor())
      return (await answerers()).map(({ label }) => label)
    })
    .toEqual(['memory', 'server', 'storage'])
  expect(complaints).toEqual([])
})

test('a text that three people searched for in vain is kept, of what two did nothing', async () => {
  const search = async (person: string, ...texts: string[]) => {
    const { page } = await fixture.openPageOf(person, {})
    await page.clock.install()
    const part = (name: string) => page.waitForResponse((response) => response.url().includes(`/${name}-`))
    const [sends, counts] = [part('sendMetrics'), part('countSearch')]
    await page.goto('/')
    await hasRun(page, (await sends).url())
    for (const text of texts) {
      await page.getByText('1 song', { exact: true }).waitFor()
      await page.getByRole('searchbox').fill(text)
      await page.getByText('0 songs', { exact: true }).waitFor()
      // What counts is loaded and does so when the person has come to rest.
      await page.clock.fastForward(2000)
      await hasRun(page, (await counts).url())
      await page.getByRole('searchbox').fill('')
    }
    await page.goto('about:blank')
    await page.context().close()
  }
  const people = ['one@example.org', 'two@example.org', 'three@example.org']
  for (const person of people) await fixture.database.signUp(person)
  const [first = '', ...others] = people
  await search(first, 'Thanksgifing feast')
  for (const person of others) await search(person, 'Thanksgifing feast', 'something private')
  await expect
    .poll(
      () =>
        fixture.database
          .sql`select text, searches::integer, unfound::integer from tag_monitoring.search_pattern`,
    )
    .toEqual([{ text: 'thanksgifing feast', searches: 3, unfound: 3 }])
})

test('of somebody who is not signed in nothing is sent', async () => {
  const { page } = await fixture.openPage({})
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('record_tag_metrics')) sent.push(request.url())
  })
  await page.goto(`/songs/${songId}`)
  await page.getByRole('heading', { level: 1, name: 'A lamp' }).waitFor()
  await page.goto('about:blank')
  expect(sent).toEqual([])
})
