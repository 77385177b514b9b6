import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/testDatabase.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

test('text arrays go through the API unchanged in both directions', async () => {
  const themes = [null, 'NULL', '', ' ', 'a,b', '{c}', '"d"', 'e\\f', 'new\nline', 'é', '❤️']
  const written = await database.serviceClient
    .from('songs')
    .insert({ title: 'Odd', themes: [] })
    .select('id')
    .single()
  expect(written.error).toBeNull()
  const id = written.data?.id ?? ''
  await database.sql`
    update public.songs set themes = array(
      select e.value from jsonb_array_elements_text(${database.sql.json(themes)}) with ordinality as e (value, n) order by e.n
    ) where id = ${id}`
  const read = await database.serviceClient.from('songs').select('themes').eq('id', id).single()
  expect(read.data?.themes).toEqual(themes)

  const back = await database.serviceClient
    .from('songs')
    .update({ themes: read.data?.themes ?? null })
    .eq('id', id)
  expect(back.error).toBeNull()
  const [stored] = await database.sql`select to_json(themes) as themes from public.songs where id = ${id}`
  expect(stored?.themes).toEqual(themes)
})
