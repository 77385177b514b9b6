import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { addSongs, runnerFor } from '../../../../scripts/testing/migrationFixture.ts'
import { emptyDatabase, rollBack, tag } from '../../../../scripts/testing/rollbackFixture.ts'
import { migrateAsProposed } from '../../../../scripts/testing/syncFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { failed } from '../../../../scripts/testing/validationFixture.ts'

const PLANNED = 'known to the plan as too long '.repeat(2)
const LONG = 'written by somebody who thinks that this is a place for sentences'

let database: TestDatabase
let ids: string[]
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
beforeEach(async () => {
  ids = await addSongs(database.sql, [['Grace', PLANNED], ['Mercy / Hope', 'Joy'], null])
  await migrateAsProposed(database)
})
afterEach(() => emptyDatabase(database))

const song = (index: number) => ids[index] ?? ''
/** As an old client does. */
const write = (id: string, themes: (string | null)[]) =>
  database.sql`update public.songs set themes = ${themes} where id = ${id}`

async function notes(): Promise<string[]> {
  const report = await runnerFor(database).validate()
  expect(failed(report)).toEqual([])
  return report.notes.filter((note) => note.includes('too long'))
}
const noteOn = (id: string, position: number, text = LONG) =>
  `song ${id}, theme ${position}: ${text.length} characters, too long for a tag: “${text.slice(0, 40)}…”`

test('what the plan told of is not told again', async () => {
  expect(await notes()).toEqual([])
  await write(song(0), [PLANNED, 'Grace', 'Joy'])
  await tag(database.sql, song(0), 'Mercy')
  expect(await notes()).toEqual([])
})

test('a theme that an old client writes is named by its song and position, wherever it stands', async () => {
  await write(song(0), ['Grace', PLANNED, LONG])
  await write(song(1), [LONG, 'Mercy / Hope', LONG])
  await write(song(2), ['Grace', PLANNED])
  const [born = ''] = await addSongs(database.sql, [[null, '', LONG, 'Grace']])
  expect(await notes()).toEqual(
    [
      noteOn(song(0), 3),
      noteOn(song(1), 1),
      noteOn(song(1), 3),
      noteOn(song(2), 2, PLANNED),
      noteOn(born, 3),
    ].toSorted(),
  )
  await write(song(1), ['Mercy / Hope'])
  expect(await notes()).not.toContain(noteOn(song(1), 1))
})

test('what is long only in what nobody sees is a name, or blank', async () => {
  await write(song(2), [` ${' '.repeat(30)}Grace${' '.repeat(30)}`, ' '.repeat(80), '-'.repeat(60)])
  expect(await notes()).toEqual([])
})

test('a hundred are named, and the others counted', async () => {
  const sixty = Array.from({ length: 60 }, () => LONG)
  await write(song(1), sixty)
  await write(song(2), sixty)
  const found = await notes()
  expect(found).toHaveLength(101)
  expect(found.at(-1)).toBe('20 more themes are too long for a tag')
})

test('a run that is taken back leaves nothing to tell of', async () => {
  await write(song(0), [LONG])
  await rollBack(database)
  expect((await runnerFor(database).validate()).notes).toEqual([])
})
