import { describe, expect, test, vi } from 'vitest'
import * as z from 'zod/mini'
import { createMigrationClient } from './migrationClient.ts'
import { failureOf, MigrationDatabase } from './migrationDatabase.ts'

describe('failureOf', () => {
  test.each<[string, number, string, string, boolean]>([
    ['a role without the right', 403, '42501', 'forbidden', false],
    ['a right refused with another status', 500, '42501', 'forbidden', false],
    ['a key that the server does not know', 401, '', 'unauthorized', false],
    ['a function that is not there', 404, 'PGRST202', 'not-installed', false],
    ['a table that is not there', 404, '42P01', 'not-installed', false],
    ['a page that is not there', 404, '', 'not-installed', false],
    ['a server that does not answer', 0, '', 'unreachable', true],
    ['too many requests', 429, 'HTTP429', 'database', true],
    ['a request that took too long', 408, '', 'database', true],
    ['a bad gateway', 502, '', 'database', true],
    ['a serialization failure', 400, '40001', 'database', true],
    ['a deadlock', 400, '40P01', 'database', true],
    ['a lock that was not to be had', 400, '55P03', 'database', true],
    ['a cancelled statement', 400, '57014', 'database', true],
    ['too many connections', 400, '53300', 'database', true],
    ['a lost connection', 400, '08006', 'database', true],
    ['a broken rule', 409, '23514', 'database', false],
    ['a transition that is not allowed', 400, '55000', 'database', false],
  ])('names %s by status %i and code %o', (_, status, code, expected, transient) => {
    const failure = failureOf('tag_migration_batch', status, { code, message: 'Message.' })
    expect(failure).toMatchObject({ code: expected, transient, detail: code || String(status) })
    expect(failure.advice).not.toBe('')
  })

  test('takes how long to wait from Retry-After and not from what Postgres hints', () => {
    expect(failureOf('x', 429, { code: 'HTTP429', message: 'Slow down', hint: '3' }).retryAfterMs).toBe(3000)
    expect(
      failureOf('x', 400, { code: '40001', message: 'Serialization', hint: 'Try again in 2045' })
        .retryAfterMs,
    ).toBeUndefined()
  })

  test('spares the reader a page of HTML', () => {
    const page = '<html>\n<head><title>502 Bad Gateway</title></head>\n<body>nginx</body></html>'
    expect(failureOf('tag_migration_batch', 502, { message: page }).message).toBe(
      'tag_migration_batch failed: the server answered with status 502.',
    )
    const text = 'upstream connect error\n'.repeat(100)
    expect(failureOf('tag_migration_batch', 502, { message: text }).message.length).toBeLessThan(300)
  })
})

/** The engine's door to a server that gives these answers one after the other, the last one for ever. */
function databaseAnswering(...answers: (() => Response)[]) {
  const policy = {
    maxRetries: 3,
    delayMs: 1,
    sleep: () => Promise.resolve(),
    random: () => 0,
    onRetry: vi.fn(),
  }
  let asked = 0
  const client = createMigrationClient('http://api.test', 'sb_secret_test', async () => {
    const answer = answers[Math.min(asked, answers.length - 1)]
    asked += 1
    return answer?.() ?? Response.error()
  })
  return { database: new MigrationDatabase(client, policy), policy, asked: () => asked }
}

describe('MigrationDatabase', () => {
  test('refuses an answer in a form that it does not know, without asking again', async () => {
    const { database, asked } = databaseAnswering(() => Response.json({ outcome: 'surprise' }))
    await expect(database.call('tag_migration_fold', { p_run: 'x' }, z.number())).rejects.toMatchObject({
      code: 'unexpected-answer',
      advice: expect.stringContaining('supabase/migrations'),
      detail: expect.stringContaining('expected number, received object'),
    })
    expect(asked()).toBe(1)
  })

  test('asks again when what came is cut off or a page of a proxy, and says so when it stays like that', async () => {
    const { database, policy } = databaseAnswering(
      () => new Response('{"outcome":"do', { headers: { 'content-type': 'application/json' } }),
      () => new Response('<html>Checking your browser</html>', { headers: { 'content-type': 'text/html' } }),
      () => Response.json(4),
    )
    await expect(database.call('tag_migration_fold', { p_run: 'x' }, z.number())).resolves.toBe(4)
    expect(policy.onRetry).toHaveBeenCalledTimes(2)

    const always = databaseAnswering(() => new Response('<html>Welcome</html>'))
    await expect(
      always.database.call('tag_migration_fold', { p_run: 'x' }, z.number()),
    ).rejects.toMatchObject({
      code: 'unreachable',
      transient: true,
      message: 'tag_migration_fold was answered with something that is not JSON.',
    })
    expect(always.asked()).toBe(4)
  })

  test('takes an empty "not found" for a missing function and not for an empty answer', async () => {
    const { database } = databaseAnswering(() => new Response('', { status: 404 }))
    await expect(database.run(null)).rejects.toMatchObject({ code: 'not-installed' })
  })

  test('does not ask again when it is told to ask once', async () => {
    const { database, asked } = databaseAnswering(() => Response.json({ message: 'Down.' }, { status: 503 }))
    await expect(database.once('tag_migration_fold', { p_run: 'x' }, z.number())).rejects.toMatchObject({
      code: 'database',
    })
    expect(asked()).toBe(1)
  })

  test('repeats a page of tags that could not be read', async () => {
    const { database, policy } = databaseAnswering(
      () => Response.json({ message: 'Down.' }, { status: 503 }),
      () => Response.json([]),
    )
    await expect(database.tags()).resolves.toEqual([])
    expect(policy.onRetry).toHaveBeenCalledOnce()
  })
})
