import { afterAll, beforeAll, expect, test } from 'vitest'
import { addSongs, runnerFor } from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { AFTER_ALL, BEFORE_ALL } from './migrationDatabase.ts'

let database: TestDatabase
let song: string

beforeAll(async () => {
  database = await createTestDatabase()
  const { sql } = database
  const [id] = await addSongs(sql, [['Grace', null, 'Peace and joy', 'Hope']])
  song = id ?? ''
  await runnerFor(database).run()
  // As after a split that a person has approved.
  await sql`
    update tag_migration.run_theme set tag_ids = ${tags('Easter', 'Advent')} where raw = 'Peace and joy'`
})
afterAll(() => database.drop())

test.each<[boolean, string[], number[]]>([
  [true, ['Grace', 'Easter', 'Advent', 'Hope'], [1, 3, 3, 4]],
  [true, ['Hope', 'Grace', 'Easter', 'Advent'], [4, 1, 3, 3]],
  [false, ['Grace', 'Advent', 'Easter', 'Hope'], [1, 3, 3, 4]],
  [false, ['Grace', 'Easter', 'Hope'], [1, 3, 4]],
  [false, ['Grace', 'Easter', 'Advent', 'Hope'], [1, 3, 4, 4]],
  [false, ['Grace', 'Easter', 'Advent', 'Hope'], [1, 3, 4, 3]],
  [false, ['Grace', 'Easter', 'Advent', 'Easter', 'Hope'], [1, 3, 3, 3, 4]],
  [false, ['Grace', 'Easter', 'Advent', 'Hope', 'Grace'], [1, 3, 3, 4, 2]],
  [false, ['Grace', 'Easter', 'Advent', 'Hope', 'Grace'], [1, 3, 3, 4, 5]],
  [false, [], []],
])('it is %s that a theme which leads to two tags is accounted for by %j at %j', async (holds, names, at) => {
  const { sql } = database
  await sql`
    update tag_migration.song_state set yields = ${tags(...names)}, yield_positions = ${at} where song_id = ${song}`
  const [found] = await sql<{ answer: { differences: object[] } }[]>`
    select public.tag_migration_validate_songs(r.id, ${BEFORE_ALL}, ${AFTER_ALL}) as answer from tag_migration.run as r`
  // The rest of the record is still of the tag that the theme led to before.
  expect(found?.answer.differences).toEqual([expect.objectContaining({ themesAccountedFor: holds })])
})

/** Tags in the order of these names. */
function tags(...names: string[]) {
  return database.sql`array(
    select t.id from unnest(${names}::text[]) with ordinality as n (name, place) join public.tags as t on t.name = n.name
    order by n.place
  )`
}
