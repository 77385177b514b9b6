import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/testDatabase.ts'
import { seedUsers } from './users.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const rolesOf = async (email: string) => {
  const rows = await database.sql<{ role: string }[]>`
    select r.role::text from public.user_roles as r join auth.users as u on u.id = r.user_id
    where u.email = ${email}`
  return rows.map(({ role }) => role)
}

describe('seedUsers', () => {
  it('makes sign-ins that work, with their roles, as often as it is called', async () => {
    const users = await seedUsers(database)
    expect(await seedUsers(database)).toEqual(users)
    expect(users.map(({ email, role }) => ({ email, role }))).toEqual([
      { email: 'admin@songbook.test', role: 'admin' },
      { email: 'editor@songbook.test', role: 'editor' },
      { email: 'leader@songbook.test', role: null },
    ])
    for (const { email, password, role } of users) {
      expect(password.length).toBeGreaterThanOrEqual(12)
      const client = database.anonClient()
      expect((await client.auth.signInWithPassword({ email, password })).error).toBeNull()
      expect((await client.rpc('is_admin')).data).toBe(role === 'admin')
      expect(await rolesOf(email)).toEqual(role ? [role] : [])
    }
  })

  it('says so when a sign-in exists with another password', async () => {
    const other = await createTestDatabase()
    try {
      await other.signUp('admin@songbook.test')
      await expect(seedUsers(other)).rejects.toThrow('admin@songbook.test is signed up already')
    } finally {
      await other.drop()
    }
  })

  it('makes none on another machine', async () => {
    const { publishableKey, secretKey } = database
    const target = { apiUrl: 'https://songbook.example.org', publishableKey, secretKey }
    await expect(seedUsers(target)).rejects.toThrow('never made on songbook.example.org')
  })
})

describe('the secret key', () => {
  it('is what grants need', async () => {
    const { apiUrl, publishableKey, fetch } = database
    await expect(seedUsers({ apiUrl, publishableKey, secretKey: publishableKey, fetch })).rejects.toThrow(
      'SUPABASE_SECRET_KEY',
    )
  })
})
