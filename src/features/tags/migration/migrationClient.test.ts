import { createServer, type RequestListener, type Server } from 'node:http'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createMigrationClient, parseRetryAfter } from './migrationClient.ts'
import { MigrationDatabase } from './migrationDatabase.ts'

const URL_OF_NOTHING = 'http://api.test'

/** A client whose every request gets this answer. */
function clientAnswering(answer: () => Response | Promise<Response>) {
  const fetchAnswer = vi.fn<typeof fetch>(async () => answer())
  return { client: createMigrationClient(URL_OF_NOTHING, 'sb_secret_test', fetchAnswer), fetchAnswer }
}

describe('createMigrationClient', () => {
  test('presents the key with every request', async () => {
    const { client, fetchAnswer } = clientAnswering(() => Response.json(null))
    await client.rpc('tag_migration_run')
    const [input, init] = fetchAnswer.mock.calls[0] ?? []
    const request = new Request(input ?? '', init)
    expect(request.url).toBe(`${URL_OF_NOTHING}/rest/v1/rpc/tag_migration_run`)
    expect(request.headers.get('apikey')).toBe('sb_secret_test')
  })

  test('hands a successful answer on as it is, Retry-After or not', async () => {
    const { client } = clientAnswering(() => Response.json(7, { headers: { 'retry-after': '5' } }))
    expect(await client.rpc('tag_migration_prune')).toMatchObject({ data: 7, error: null, status: 200 })
  })

  test('hands a failure without Retry-After on as it is', async () => {
    const body = { code: '23505', message: 'Twice.', hint: 'Perhaps once.', details: null }
    const { client } = clientAnswering(() => Response.json(body, { status: 409 }))
    expect(await client.rpc('tag_migration_run')).toMatchObject({ error: body, status: 409 })
  })

  test('carries Retry-After into the error', async () => {
    const { client } = clientAnswering(
      () => new Response('Slow down', { status: 429, headers: { 'retry-after': '17' } }),
    )
    const { error, status } = await client.rpc('tag_migration_run')
    expect(status).toBe(429)
    expect(error).toMatchObject({ code: 'HTTP429', message: 'Slow down', hint: '17' })
  })

  test('leaves repeating to the engine, also of what only reads', async () => {
    const { client, fetchAnswer } = clientAnswering(() => new Response('Starting', { status: 503 }))
    const { status } = await client.from('tags').select('id')
    expect(status).toBe(503)
    expect(fetchAnswer).toHaveBeenCalledOnce()
  })
})

describe('a server that redirects', () => {
  const servers: Server[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) server.close()
  })

  /** @returns its address, on a host of its own */
  async function serve(host: string, listener: RequestListener): Promise<string> {
    const server = createServer(listener)
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, host, resolve))
    const address = server.address()
    return `http://${host}:${typeof address === 'object' ? address?.port : ''}`
  }

  test.each([301, 302, 307, 308])('with %i is not followed: the key stays here', async (status) => {
    const asked = vi.fn()
    const elsewhere = await serve('127.0.0.2', (request, response) => {
      asked(request.headers)
      response.setHeader('content-type', 'application/json').end('null')
    })
    const here = await serve('127.0.0.1', (request, response) => {
      response.writeHead(status, { location: `${elsewhere}${request.url}` }).end()
    })
    const policy = { maxRetries: 2, delayMs: 1, sleep: vi.fn(), random: Math.random, onRetry: vi.fn() }
    const client = createMigrationClient(here, 'sb_secret_test')
    await expect(new MigrationDatabase(client, policy).run(null)).rejects.toMatchObject({
      code: 'unexpected-answer',
      message: 'The server sends on to another address.',
      advice: expect.stringContaining('Set SUPABASE_URL'),
    })
    expect(asked).not.toHaveBeenCalled()
    expect(policy.onRetry).not.toHaveBeenCalled()
  })
})

describe('parseRetryAfter', () => {
  const now = Date.parse('2025-01-25T12:00:00Z')

  test.each([
    ['seconds', '120', 120_000],
    ['no seconds', '0', 0],
    ['an HTTP date', 'Sat, 25 Jan 2025 12:00:30 GMT', 30_000],
    ['a date that has passed', 'Sat, 25 Jan 2025 11:00:00 GMT', 0],
    ['a negative number', '-5', 0],
  ])('reads %s', (_, value, milliseconds) => {
    expect(parseRetryAfter(value, now)).toBe(milliseconds)
  })

  test.each([
    ['nothing', null],
    ['nothing at all', undefined],
    ['a blank', '  '],
    ['words', 'soon, perhaps'],
    ['no finite number', 'Infinity'],
  ])('makes nothing of %s', (_, value) => {
    expect(parseRetryAfter(value, now)).toBeUndefined()
  })
})
