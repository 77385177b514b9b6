import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { planHash } from '../../src/features/tags/migration/plan.ts'
import { headersOf, onSchedule, startFunction, stopFunction } from '../testing/functionFixture.ts'
import { addSongs, runnerFor, tagsBySong } from '../testing/migrationFixture.ts'
import { emptyDatabase } from '../testing/rollbackFixture.ts'
import { createTestDatabase, type TestDatabase } from '../testing/testDatabase.ts'
import { callFunction } from './callFunction.ts'
import type { FunctionProcess } from './startDeno.ts'

let database: TestDatabase
let served: FunctionProcess
let admin: { authorization: string }

beforeAll(async () => {
  database = await createTestDatabase({ http: true })
  served = await startFunction(database)
  admin = await headersOf(database, 'admin')
})
afterAll(async () => {
  await stopFunction(served)
  await database.drop()
})
beforeEach(() => emptyDatabase(database))

const call = (command: object, headers: Readonly<Record<string, string>> = admin) =>
  callFunction(served.url, headers, command)

async function latestRun(): Promise<string> {
  const [run] = await database.sql`select id from tag_migration.run order by started_at desc limit 1`
  return String(run?.id)
}

test('a run is started with the plan that a person has reviewed', async () => {
  const [song = ''] = await addSongs(database.sql, [['Pryaer', 'Grace']])
  const { plan } = await runnerFor(database).preview()
  const [typo] = plan.entries.filter(({ rawTheme }) => rawTheme === 'Pryaer')
  if (typo) Object.assign(typo, { proposal: ['Prayer', 'Hope'], accept: true })
  const hash = await planHash(plan)
  expect((await call({ action: 'advance', start: true, plan: hash })).body).toMatchObject({
    outcome: 'failed',
    message: `There is no whole plan ${hash}.`,
  })
  const entries = plan.entries.map((entry) => ({
    ...entry,
    tags: entry.accept ? entry.proposal : [entry.tag],
    needsReview: false,
  }))
  await database.sql`select public.tag_migration_add_plan(${hash}, ${database.sql.json({ entries: entries.map((entry) => ({ ...entry })) })})`
  const answer = await call({ action: 'advance', start: true, plan: hash })
  expect(answer.body).toMatchObject({ outcome: 'complete', run: { songs: 1 } })
  expect(await tagsBySong(database.sql)).toEqual(new Map([[song, ['Grace', 'Hope', 'Prayer']]]))
})

test('a run is rolled back, exactly where that is asked for, and twice is once', async () => {
  const [song = ''] = await addSongs(database.sql, [['Grace'], ['Mercy']])
  await call({ action: 'advance', start: true })
  await database.sql`update public.songs set themes = '{Hope}' where id = ${song}`
  const command = { action: 'rollback', run: await latestRun(), exact: true }
  expect((await call(command)).body).toMatchObject({
    outcome: 'rolled-back',
    again: false,
    run: { status: 'rolled_back' },
  })
  expect((await call(command)).body).toMatchObject({ outcome: 'rolled-back' })
  expect(await database.sql`select themes from public.songs where id = ${song}`).toEqual([
    { themes: ['Grace'] },
  ])
})

async function watchOnceAround(): Promise<void> {
  for (;;) {
    const { body } = await call({ action: 'drift' })
    if (body.isRoundComplete === true) return
  }
}

test('the themes go only with the number of songs, and when nothing is missing', async () => {
  await addSongs(database.sql, [['Grace'], ['Mercy']])
  await call({ action: 'advance', start: true })
  const finalize = { action: 'finalize', quietDays: 0 }
  expect((await call({ ...finalize, songs: 3 })).body).toMatchObject({ outcome: 'not-confirmed' })
  const refused = await call({ ...finalize, songs: 2 })
  expect(refused.body).toMatchObject({ outcome: 'not-ready', again: false })
  expect(refused.body.requirements).toContainEqual(
    expect.objectContaining({ name: 'every song is migrated and passes validation', ok: true }),
  )
  await watchOnceAround()
  await database.sql`select public.tag_migration_record_rehearsal(2, 0, '{}', 'test')`
  expect((await call({ ...finalize, songs: 2 })).body).toEqual({ outcome: 'finalized', again: false })
  await call({ action: 'rollback', run: await latestRun() })
  expect(await database.sql`select themes from public.songs order by themes`).toEqual([
    { themes: ['Grace'] },
    { themes: ['Mercy'] },
  ])
})

test.each([
  { action: 'rollback', run: '00000000-0000-4000-8000-000000000000' },
  { action: 'finalize', quietDays: 0, songs: 0 },
])('a schedule may not ask for $action', async (command) => {
  expect(await call(command, onSchedule)).toMatchObject({ status: 403, body: { outcome: 'refused' } })
})

test('one song in quarantine is tried again, and the others stay there', async () => {
  const [, one = '', other = ''] = await addSongs(database.sql, [['Grace'], ['Stuck'], ['Stuck too']])
  await database.sql`
    create function public.refuse_stuck() returns trigger language plpgsql set search_path = '' as $$
    begin
      if (select t.name from public.tags as t where t.id = new.tag_id) like 'Stuck%' then
        raise exception using errcode = '23514', message = 'Stuck is no tag.';
      end if;
      return new;
    end $$`
  await database.sql`
    create trigger refuse_stuck before insert on public.song_tags for each row execute function public.refuse_stuck()`
  expect((await call({ action: 'advance', start: true })).body.run).toMatchObject({
    songs: 1,
    quarantined: 2,
  })
  await database.sql`drop function public.refuse_stuck() cascade`
  const again = await call({ action: 'advance', start: true, song: one })
  expect(again.body).toMatchObject({ outcome: 'complete', run: { songs: 1, quarantined: 1 } })
  const tags = await tagsBySong(database.sql)
  expect([tags.get(one), tags.get(other)]).toEqual([['Stuck'], undefined])
})
