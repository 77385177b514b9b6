import { createClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/lib/database.types.ts'
import { createTestDatabase, type TestDatabase } from '../testing/testDatabase.ts'
import { RoleRefused } from './roleRefused.ts'
import { grantRole, listRoles, revokeRole } from './roles.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const held = async () =>
  (await listRoles(database.serviceClient)).map(({ email, role }) => `${email}: ${role}`)

describe('roles', () => {
  it('are granted, listed and revoked, each as often as one likes', async () => {
    const { client, email } = await database.signUp('ruth@example.org')
    expect(await held()).toEqual([])
    await grantRole(database.serviceClient, ' Ruth@Example.org ', 'admin')
    await grantRole(database.serviceClient, email, 'admin')
    await grantRole(database.serviceClient, email, 'editor')
    expect(await held()).toEqual(['ruth@example.org: editor', 'ruth@example.org: admin'])
    expect((await client.rpc('is_admin')).data).toBe(true)
    await revokeRole(database.serviceClient, email, 'admin')
    await revokeRole(database.serviceClient, email, 'admin')
    expect(await held()).toEqual(['ruth@example.org: editor'])
    expect((await client.rpc('is_admin')).data).toBe(false)
  })

  it.each([
    { doing: 'grant admin to', change: grantRole },
    { doing: 'revoke admin from', change: revokeRole },
  ])('name the address when they cannot $doing somebody who never signed up', async ({ doing, change }) => {
    const refused = change(database.serviceClient, 'nobody@example.org', 'admin')
    await expect(refused).rejects.toThrow(RoleRefused)
    await expect(refused).rejects.toThrow(`Could not ${doing} nobody@example.org: nobody has signed up`)
  })

  it('are not given to an address that nobody has shown to be theirs, and can be taken from it', async () => {
    const { id, email } = await database.signUp()
    await database.sql`update auth.users set email_confirmed_at = null where id = ${id}`
    await expect(grantRole(database.serviceClient, email, 'admin')).rejects.toThrow(
      `Could not grant admin to ${email}: This e-mail address has not been confirmed yet.`,
    )
    expect(await held()).not.toContain(`${email}: admin`)
    await revokeRole(database.serviceClient, email, 'admin')
  })

  it('say what a stranger to the address must do, where the server keeps its SQLSTATE', async () => {
    const answer = { code: 'P0002', message: 'x', details: '', hint: '' }
    const client = createClient<Database>('http://api.test', 'key', {
      global: { fetch: async () => Response.json(answer, { status: 404 }) },
    })
    await expect(grantRole(client, 'nobody@example.org', 'admin')).rejects.toThrow('sign up in the app first')
  })

  it('are out of reach without the secret key', async () => {
    const { client, email } = await database.signUp()
    for (const outsider of [client, database.anonClient()]) {
      await expect(grantRole(outsider, email, 'admin')).rejects.toThrow('SUPABASE_SECRET_KEY')
      await expect(listRoles(outsider)).rejects.toThrow('SUPABASE_SECRET_KEY')
    }
  })
})
