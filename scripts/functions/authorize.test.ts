import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { forgeToken, headersOf, onSchedule, startFunction, stopFunction } from '../testing/functionFixture.ts'
import { addSongs } from '../testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../testing/testDatabase.ts'
import { callFunction } from './callFunction.ts'
import type { FunctionProcess } from './startDeno.ts'

let database: TestDatabase
let served: FunctionProcess
let admin: { authorization: string; id: string }

beforeAll(async () => {
  database = await createTestDatabase({ http: true })
  await addSongs(database.sql, [['Grace'], ['Mercy'], null])
  served = await startFunction(database)
  admin = await headersOf(database, 'admin')
})
afterAll(async () => {
  await stopFunction(served)
  await database.drop()
})

const inAnHour = () => Math.floor(Date.now() / 1000) + 3600
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

describe('refused, and nothing is written:', () => {
  const callers: [who: string, status: number, headers: () => object | Promise<object>][] = [
    ['nobody', 401, () => ({})],
    ['a reader who is signed in', 403, () => headersOf(database)],
    ['an editor', 403, () => headersOf(database, 'editor')],
    ['an admin whose role was taken away', 403, demoted],
    [
      'an expired token of an admin',
      401,
      () => bearer(forgeToken({ sub: admin.id, exp: inAnHour() - 7200 })),
    ],
    [
      'a token that another project signed',
      401,
      () => bearer(forgeToken({ sub: admin.id, exp: inAnHour() }, 'x'.repeat(32))),
    ],
    [
      'a token that claims to be the service',
      403,
      () => bearer(forgeToken({ role: 'service_role', exp: inAnHour() })),
    ],
    ['the secret key as a token', 401, () => bearer(database.secretKey)],
    ['the publishable key as a token', 401, () => bearer(database.publishableKey)],
    ['the secret key as apikey', 401, () => ({ apikey: database.secretKey })],
    ['a wrong secret', 401, () => ({ 'x-schedule-secret': 'wrong' })],
    ['an empty secret', 401, () => ({ 'x-schedule-secret': '' })],
    ['the secret key as the secret', 401, () => ({ 'x-schedule-secret': database.secretKey })],
    ['a wrong secret beside an admin', 401, () => ({ ...admin, 'x-schedule-secret': 'wrong' })],
  ]
  test.each(callers)('%s', async (_who, status, headersOfCaller) => {
    const headers = { ...(await headersOfCaller()) }
    const before = await traces()
    for (const command of [
      { action: 'advance', start: true },
      { action: 'drift' },
      { action: 'status' },
      {},
    ]) {
      const answer = await callFunction(served.url, headers, command)
      expect(answer).toMatchObject({ status, body: { outcome: 'refused' } })
    }
    expect(await traces()).toEqual(before)
  })

  test('a schedule that would start or resume a run: that is for a person', async () => {
    for (const wish of [{ start: true }, { resume: true }]) {
      const answer = await callFunction(served.url, onSchedule, { action: 'advance', ...wish })
      expect(answer).toMatchObject({ status: 403, body: { outcome: 'refused' } })
    }
    expect(await traces()).toMatchObject({ runs: 0 })
  })

  test.each([
    ['nothing', ''],
    ['what is no JSON', 'advance'],
    ['an action that is none', '{"action":"rollback"}'],
    ['more than there is to say', '{"action":"advance","batch":1000}'],
    ['very much', JSON.stringify({ action: 'status', note: 'x'.repeat(2000) })],
  ])('an admin who says %s', async (_what, body) => {
    const response = await fetch(served.url, { method: 'POST', headers: admin, body })
    const reason = expect.stringContaining('action')
    expect([response.status, await response.json()]).toEqual([400, { outcome: 'refused', reason }])
  })

  test('another method', async () => {
    const response = await fetch(served.url, { headers: admin })
    expect([response.status, await response.json()]).toMatchObject([405, { outcome: 'refused' }])
  })
})

test('a page may ask beforehand, and read the answer', async () => {
  const preflight = await fetch(served.url, { method: 'OPTIONS' })
  expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([
    204,
    'authorization, apikey, content-type, x-client-info',
  ])
  const answer = await fetch(served.url, { method: 'POST', headers: admin, body: '{"action":"status"}' })
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
})

test('an admin starts a run, which is recorded as hers; answers and log hold no secret', async () => {
  const status = await callFunction(served.url, admin, { action: 'status' })
  expect(status).toEqual({ status: 200, body: { outcome: 'status', run: null } })
  const done = await callFunction(served.url, admin, { action: 'advance', start: true })
  expect(done).toMatchObject({
    status: 200,
    body: { outcome: 'complete', again: false, run: { songs: 3, worker: `edge function for ${admin.id}` } },
  })
  const drift = await callFunction(served.url, onSchedule, { action: 'drift' })
  expect(drift).toMatchObject({ status: 200, body: { outcome: 'drift', isClean: true, songs: 3 } })
  await stopFunction(served)
  const { output } = await served.ended
  const heard = JSON.stringify([status, done, drift]) + output
  expect(output).toContain('{"action":"advance","outcome":"complete"}')
  for (const secret of [database.secretKey, onSchedule['x-schedule-secret'], admin.authorization.slice(7)])
    expect(heard).not.toContain(secret)
})

async function demoted(): Promise<object> {
  const headers = await headersOf(database, 'admin')
  await database.sql`delete from public.user_roles where user_id = ${headers.id}`
  return headers
}

/** Whatever a caller could leave behind. */
async function traces(): Promise<object> {
  const [row] = await database.sql`
    select (select count(*) from tag_migration.run)::integer as runs,
      (select count(*) from tag_migration.plan)::integer as plans,
      (select count(*) from tag_migration.drift_check)::integer as checks,
      (select count(*) from tag_migration.song_state)::integer as states,
      (select count(*) from public.tag_moderation_log)::integer as log`
  return { ...row }
}
