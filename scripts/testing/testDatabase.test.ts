import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from './testDatabase.ts'

describe('createTestDatabase', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.drop())

  it('has every migration applied', async () => {
    const { data, error } = await database.serviceClient.from('songs').select('id')
    expect(error).toBeNull()
    expect(data).toEqual([])
  })

  it('signs people up', async () => {
    const { client, id } = await database.signUp()
    const { data, error } = await client
      .from('songs')
      .insert({ title: 'Old Hundredth' })
      .select('created_by')
      .single()
    expect(error).toBeNull()
    expect(data).toEqual({ created_by: id })
  })

  it('gives two databases nothing of each other', async () => {
    const other = await createTestDatabase({ http: true })
    try {
      await database.sql`insert into public.songs (title) values ('Here only')`
      const { data } = await other.anonClient().from('songs').select('title')
      expect(data).toEqual([])
    } finally {
      await other.drop()
    }
  })

  it('leaves the grants of the migrations as they are', async () => {
    const before = await grants()
    await database.anonClient().from('songs').select('id')
    await database.serviceClient.from('user_roles').select('user_id')
    expect(await grants()).toEqual(before)
    const { error } = await database.anonClient().from('user_roles').select('user_id')
    expect(error?.code).toBe('42501')
  })

  async function grants() {
    return database.sql`
      select relname, relacl::text from pg_catalog.pg_class where relnamespace = 'public'::regnamespace order by 1`
  }

  it('drops its database', async () => {
    const other = await createTestDatabase()
    const [row] = await other.sql`select current_database() as name`
    await other.drop()
    const left = await database.sql`select from pg_catalog.pg_database where datname = ${row?.name}`
    expect(left).toHaveLength(0)
  })
})
