import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { addSongs, fetchAnd, runnerFor } from '../../../../scripts/testing/migrationFixture.ts'
import { emptyDatabase, rollBack, tag } from '../../../../scripts/testing/rollbackFixture.ts'
import { migrate, outOfStep, seeSong } from '../../../../scripts/testing/syncFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { failed } from '../../../../scripts/testing/validationFixture.ts'
import { BatchSizer } from './batchSizer.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
afterEach(() => emptyDatabase(database))

const remove = (song: string) => database.sql`delete from public.songs where id = ${song}`
const see = (song: string) => seeSong(database.sql, song)
const states = () => database.sql`select song_id from tag_migration.song_state`

/** Somebody puts a song back under its old id, out of a backup. */
async function putBack(song: string, themes: string[] | null): Promise<void> {
  await database.sql`
    insert into public.songs (id, title, themes, created_at) values (${song}, 'Back', ${themes}, '2020-01-01')`
}
const CLIENTS: [string, (song: string) => Promise<void>, string][] = [
  ['an old client', (song) => putBack(song, ['Grace', 'Own theme']), '{Grace,"Own theme"}'],
  [
    'an old client that has edited it',
    async (song) => {
      await putBack(song, ['Mercy'])
      await database.sql`update public.songs set themes = '{"Own theme",Grace}' where id = ${song}`
    },
    '{"Own theme",Grace}',
  ],
  [
    'a new client',
    async (song) => {
      await putBack(song, null)
      await tag(database.sql, song, 'Grace')
      await tag(database.sql, song, 'Own theme')
    },
    '{Grace,"Own theme"}',
  ],
]
const TAGS = ['Grace', 'Own theme']

async function expectSound(notes: string[], certificate?: string | null): Promise<void> {
  const report = await runnerFor(database).validate()
  expect(failed(report)).toEqual([])
  expect(report.notes).toEqual(notes)
  if (certificate !== undefined) expect(report.certificate).toBe(certificate)
  expect(await outOfStep(database.sql)).toEqual([])
}
const DELETED = '1 song deleted since: its record stays in the certificate'

describe.each(CLIENTS)('a deleted song that %s puts back under its id', (_, putItBack, themes) => {
  test('is synced at once; the record of the old one and the certificate stay', async () => {
    const [song = ''] = await addSongs(database.sql, [['Grace', 'Own theme'], ['Hope']])
    const { certificate } = await runnerFor(database).run()
    for (let time = 0; time < 2; time += 1) {
      await remove(song)
      await expectSound([DELETED], certificate)
      await putItBack(song)
      expect(await see(song)).toMatchObject({ themes, tags: TAGS })
      await expectSound([DELETED], certificate)
    }
    await database.sql`update public.songs set themes = '{Joy}' where id = ${song}`
    expect(await see(song)).toMatchObject({ tags: ['Joy'] })
    await expectSound([DELETED], certificate)
  })

  test.each([false, true])('is left as it is by a rollback (exact: %s)', async (exact) => {
    const [song = '', other = ''] = await addSongs(database.sql, [['Grace', 'Own theme'], ['Hope']])
    await migrate(database)
    await remove(song)
    await putItBack(song)
    expect(await rollBack(database, { exact })).toMatchObject({
      phase: 'rolled-back',
      restoredCount: 1,
      linksRemoved: 1,
      conflicts: [{ kind: 'tag-kept', tag: 'Own theme', reason: 'linked' }],
    })
    expect(await see(song)).toMatchObject({ themes, tags: TAGS })
    expect(await see(other)).toMatchObject({ themes: '{Hope}', tags: [] })
    expect(await states()).toEqual([])
    await expectSound([])
    await migrate(database)
    expect(await see(song)).toMatchObject({ themes, tags: TAGS })
    await expectSound([])
  })
})

const toBatch = async (count: number) => {
  const [row] = await database.sql<{ number: string }[]>`
    select number from tag_migration.batch where not is_rollback order by number offset ${count - 1} limit 1`
  return { batch: Number(row?.number) }
}

/** @returns the songs in the order in which two batches of two did them */
async function migrateInTwo(): Promise<[string, string, string, string]> {
  const ids = await addSongs(database.sql, [['Grace'], ['Hope'], ['Grace', 'Joy'], ['Own theme']])
  await runnerFor(database, { batchSize: 2 }).run()
  return ids.toSorted() as [string, string, string, string]
}

describe('a rollback to an earlier batch', () => {
  test('leaves it in step, and the run goes on without it', async () => {
    const [, , song, other] = await migrateInTwo()
    await remove(song)
    await putBack(song, ['Mercy'])
    expect(await rollBack(database, { to: await toBatch(1) })).toMatchObject({
      phase: 'partly-rolled-back',
      restoredCount: 1,
    })
    expect(await see(song)).toMatchObject({ themes: '{Mercy}', tags: ['Mercy'] })
    await database.sql`update public.songs set themes = '{Mercy,Faith}' where id = ${song}`
    expect(await see(song)).toMatchObject({ tags: ['Faith', 'Mercy'] })
    expect(await see(other)).toMatchObject({ tags: [] })
    expect(await outOfStep(database.sql)).toEqual([])
    expect(await runnerFor(database).run()).toMatchObject({ phase: 'complete' })
    await expectSound([])
    await rollBack(database, { exact: true })
    expect(await see(song)).toMatchObject({ themes: '{Mercy,Faith}', tags: ['Faith', 'Mercy'] })
  })

  test('before which it was taken back: it is born then', async () => {
    const [, , , song] = await migrateInTwo()
    await rollBack(database, { to: await toBatch(1) })
    await remove(song)
    await putBack(song, ['Mercy'])
    expect(await see(song)).toMatchObject({ themes: '{Mercy}', tags: ['Mercy'] })
    expect(await runnerFor(database).run()).toMatchObject({ phase: 'complete' })
    await expectSound([])
    await rollBack(database, { exact: true })
    expect(await see(song)).toMatchObject({ themes: '{Mercy}', tags: ['Mercy'] })
    expect(await states()).toEqual([])
  })
})

test.each(['migrated', 'born'])(
  'a %s song that is put back while a rollback is under way is not synced any more after it',
  async (what) => {
    const ids = await addSongs(database.sql, [['Grace'], ['Grace'], ['Grace']])
    await migrate(database)
    const [born = ''] = await addSongs(database.sql, [['Grace']])
    const song = what === 'born' ? born : (ids.toSorted()[0] ?? '')
    await remove(song)
    let isBack: Promise<void> | undefined
    const through = fetchAnd(database, 'tag_migration_rollback_batch', (answers) => {
      if (answers === 3) isBack = putBack(song, ['Mercy'])
      return isBack
    })
    const back = await rollBack(database, { exact: true, fetch: through, sizer: new BatchSizer(1, 0.001) })
    expect(back.phase).toBe('rolled-back')
    expect(await see(song)).toMatchObject({ themes: '{Mercy}', tags: ['Mercy'] })
    expect(await states()).toEqual([])
    await expectSound([])
  },
)

test('an older run that is taken back leaves the song in step that came back under a newer one', async () => {
  const [song = ''] = await addSongs(database.sql, [['Grace']])
  const older = await migrate(database)
  await database.sql`update tag_migration.sync set is_on = false`
  await addSongs(database.sql, [['Hope']])
  await migrate(database)
  await remove(song)
  await putBack(song, ['Mercy'])
  const standing = await runnerFor(database).validate()
  expect(standing.runs.flatMap(failed)).toEqual([])
  await rollBack(database, { runId: older, exact: true })
  await database.sql`update public.songs set themes = '{Joy}' where id = ${song}`
  expect(await see(song)).toMatchObject({ tags: ['Joy'] })
  await expectSound([])
})
