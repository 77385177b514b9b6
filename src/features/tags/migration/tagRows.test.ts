import type { Sql } from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addSongs } from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'

let database: TestDatabase
let sql: Sql

beforeAll(async () => {
  database = await createTestDatabase()
  sql = database.sql
})

afterAll(() => database.drop())

test('counting a link does not wait for somebody who is linking the same tag', async () => {
  const [song] = await addSongs(sql, [null])
  const [tag] = await sql<{ id: string }[]>`select id from public.tags where name = 'Grace'`
  const linking = await sql.reserve()
  try {
    // What the foreign key of their link takes, and keeps until they commit.
    await linking`begin`
    await linking`select from public.tags as t where t.id = ${tag?.id ?? ''} for key share`

    await sql.begin(async (mine) => {
      // If it waited, it would wait for good: nobody commits before it has ended.
      await mine`set local lock_timeout = '2s'`
      await mine`insert into public.song_tags (song_id, tag_id) values (${song ?? ''}, ${tag?.id ?? ''})`
    })
  } finally {
    await linking`rollback`
    linking.release()
  }
  const [counted] = await sql<{ usage_count: string }[]>`
    select usage_count from public.tags where id = ${tag?.id ?? ''}`
  expect(counted?.usage_count).toBe('1')
})

test('a change of a tag shows in its time, a count does not, and its id stays', async () => {
  const [tag] = await sql<{ id: string }[]>`
    insert into public.tags (name, updated_at) values ('Timeless', '2000-01-01') returning id`
  const id = tag?.id ?? ''
  const yearOfChange = async () => {
    const [row] = await sql<{ year: number }[]>`
      select extract(year from updated_at)::integer as year from public.tags where id = ${id}`
    return row?.year
  }
  await sql`update public.tags set usage_count = usage_count where id = ${id}`
  expect(await yearOfChange()).toBe(2000)
  await sql`update public.tags set colour = '#00ff00' where id = ${id}`
  expect(await yearOfChange()).toBeGreaterThan(2000)
  await expect(sql`update public.tags set id = gen_random_uuid() where id = ${id}`).rejects.toMatchObject({
    message: expect.stringMatching(/keeps its id|foreign key/),
  })
})
