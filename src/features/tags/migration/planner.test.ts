import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addSongs, runnerFor, tagsBySong } from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

describe('a plan for a database that has tags already', () => {
  let ids: string[]
  beforeAll(async () => {
    const [kept] = await database.sql`
      insert into public.tags (name, category) values ('Kept tag', 'mood') returning id`
    const [merged] = await database.sql`
      insert into public.tags (name, merged_into) values ('Merged tag', ${kept?.id}) returning id`
    await database.sql`insert into public.tag_synonyms (tag_id, name) values (${kept?.id}, 'Kept synonym')`
    await database.sql`insert into public.tag_synonyms (tag_id, name) values (${merged?.id}, 'Merged synonym')`
    ids = await addSongs(database.sql, [
      ['Merged tag'],
      ['merged SYNONYM'],
      ['kept synonym'],
      ['Kept tag', 'Merged tag'],
      ['Quite new'],
    ])
  })

  test('leads the names and synonyms of merged tags to what they were merged into', async () => {
    const { plan, summary } = await runnerFor(database).preview()
    expect(new Map(plan.entries.map((entry) => [entry.rawTheme, entry.tag]))).toEqual(
      new Map([
        ['Merged tag', 'Kept tag'],
        ['merged SYNONYM', 'Kept tag'],
        ['kept synonym', 'Kept tag'],
        ['Kept tag', 'Kept tag'],
        ['Quite new', 'Quite new'],
      ]),
    )
    expect(summary).toMatchObject({ tagsToCreate: 1, tagsToReuse: 1, linksToCreate: 5, totalCount: 5 })
  })

  test('is what the run then does', async () => {
    const result = await runnerFor(database).run()
    expect(result).toMatchObject({ phase: 'complete', tagsCreated: 1, tagsReused: 1, linksCreated: 5 })
    const tags = await tagsBySong(database.sql)
    expect(ids.map((id) => tags.get(id))).toEqual([
      ['Kept tag'],
      ['Kept tag'],
      ['Kept tag'],
      ['Kept tag'],
      ['Quite new'],
    ])
  })
})

test('a song with more themes than a song can hold is neither planned nor counted: it goes to quarantine', async () => {
  const own = await createTestDatabase()
  const many = Array.from({ length: 32_768 }, () => 'Its own')
  const [song] = await addSongs(own.sql, [[...many, 'Grace'], ['Grace']])
  const { plan, summary } = await runnerFor(own).preview()
  expect(plan.entries.map((entry) => entry.rawTheme)).toEqual(['Grace'])
  expect(summary).toMatchObject({
    totalCount: 2,
    themesDistinct: 1,
    tagsToCreate: 0,
    tagsToReuse: 1,
    linksToCreate: 1,
  })
  expect(await runnerFor(own).run()).toMatchObject({
    phase: 'complete',
    processedCount: 1,
    tagsCreated: 0,
    linksCreated: 1,
    errors: [expect.objectContaining({ songId: song, context: { sqlstate: '22003', attempts: 1 } })],
  })
  await own.drop()
})

test('a plan for no songs at all has nothing to do, and writes nothing', async () => {
  const empty = await createTestDatabase()
  const result = await runnerFor(empty).run()
  expect(result).toMatchObject({ phase: 'nothing-to-do', runId: null, totalCount: 0, certificate: null })
  expect(await empty.sql`select from tag_migration.plan`).toHaveLength(0)
  await empty.drop()
})
