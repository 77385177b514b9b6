import { describe, expect, it } from 'vitest'
import { keysIn } from './readKey.ts'
import { openTarget } from './target.ts'

const open = (env: Record<string, string>) => openTarget(env, () => {})
const url = 'https://abc.supabase.co'
const key = 'sb_secret_abc'
const legacyKey = (role: string) =>
  ['{"alg":"HS256"}', `{"role":"${role}"}`, 'x']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.')

describe('openTarget', () => {
  it('takes the project that the environment names', async () => {
    expect(await open({ SUPABASE_URL: ` ${url}/ `, SUPABASE_SECRET_KEY: `${key}\n` })).toMatchObject({
      url: `${url}/`,
      key,
      host: 'abc.supabase.co',
      isHosted: true,
    })
    expect(await open({ SUPABASE_URL: 'http://[::1]:54321', SUPABASE_SECRET_KEY: key })).toMatchObject({
      isHosted: false,
    })
  })

  it('takes the legacy name and form of the key, and prefers the new name', async () => {
    const legacy = legacyKey('service_role')
    expect((await open({ SUPABASE_URL: url, SUPABASE_SERVICE_ROLE_KEY: legacy })).key).toBe(legacy)
    const both = { SUPABASE_URL: url, SUPABASE_SECRET_KEY: key, SUPABASE_SERVICE_ROLE_KEY: legacy }
    expect((await open(both)).key).toBe(key)
    expect(keysIn(both)).toEqual([key, legacy])
  })

  it.each([
    [{ SUPABASE_URL: url }, 'SUPABASE_SECRET_KEY is not'],
    [{ SUPABASE_SECRET_KEY: key }, 'SUPABASE_URL is not'],
    [{ SUPABASE_SERVICE_ROLE_KEY: key, SUPABASE_URL: ' ' }, 'SUPABASE_URL is not'],
    [{ SUPABASE_URL: 'abc.supabase.co', SUPABASE_SECRET_KEY: key }, 'not the address'],
    [{ SUPABASE_URL: 'ftp://abc', SUPABASE_SECRET_KEY: key }, 'not the address'],
    [{ SUPABASE_URL: 'https://me:hidden@abc.co', SUPABASE_SECRET_KEY: key }, 'a user or a password'],
    [{ SUPABASE_URL: 'http://abc.supabase.co', SUPABASE_SECRET_KEY: key }, 'unencrypted'],
    [{ SUPABASE_URL: url, SUPABASE_SECRET_KEY: 'sb_publishable_abc' }, 'publishable key'],
    [{ SUPABASE_URL: url, SUPABASE_SECRET_KEY: legacyKey('anon') }, 'publishable key'],
    [{ SUPABASE_URL: url, SUPABASE_SERVICE_ROLE_KEY: legacyKey('anon') }, 'SUPABASE_SERVICE_ROLE_KEY is'],
    [{ SUPABASE_URL: url, SUPABASE_SECRET_KEY: 'two words' }, 'characters that no key has'],
  ])('refuses %j', async (env, message) => {
    const failure = await open(env).catch((error: unknown) => error)
    expect(failure).toMatchObject({ name: 'WrongUsage', message: expect.stringContaining(message) })
    expect(String(failure)).not.toMatch(/hidden|sb_secret/)
  })
})
