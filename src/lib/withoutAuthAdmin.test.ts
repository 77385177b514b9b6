import { expect, test } from 'vitest'
import WithoutAuthAdmin from './withoutAuthAdmin.ts'

const admin = (answer: () => Response, asked: unknown[] = []) =>
  new WithoutAuthAdmin({
    url: 'https://songs.test/auth/v1',
    headers: { apikey: 'sb_publishable_1' },
    fetch: async (...call) => {
      asked.push(call)
      return answer()
    },
  })

test('a session is ended with its own token', async () => {
  const asked: unknown[] = []
  const ended = await admin(() => new Response(null, { status: 204 }), asked).signOut('token', 'local')
  expect(ended).toEqual({ data: null, error: null })
  expect(asked).toEqual([
    [
      'https://songs.test/auth/v1/logout?scope=local',
      { method: 'POST', headers: { apikey: 'sb_publishable_1', Authorization: 'Bearer token' } },
    ],
  ])
})

test('a refusal and silence are errors as auth-js knows them', async () => {
  const refused = await admin(() => new Response('', { status: 403 })).signOut('token', 'local')
  expect(refused.error).toMatchObject({ name: 'AuthApiError', status: 403 })
  const unheard = await admin(() => {
    throw new TypeError('fetch failed')
  }).signOut('token', 'local')
  expect(unheard.error).toMatchObject({ name: 'AuthRetryableFetchError', status: 0 })
})
