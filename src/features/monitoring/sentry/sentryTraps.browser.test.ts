import * as Sentry from '@sentry/react'
import { createClient } from '@supabase/supabase-js'
import { afterEach, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../../lib/database.types.ts'
import { guarded } from './guardedTransport.ts'
import { parentCalls } from './parentCalls.ts'
import type { Envelope } from './scrub/scrubEnvelope.ts'
import { sendAlert } from './sendAlert.ts'
import { sentryOptions } from './sentryOptions.ts'

const env = {
  VITE_SUPABASE_URL: 'https://songbook.example',
  VITE_SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_abcdefghij',
  VITE_SENTRY_DSN: 'https://key@sentry.example/1',
  VITE_SENTRY_TRACES: '1',
}

let answer: (init?: RequestInit) => Promise<Response>
const client = createClient<Database>(env.VITE_SUPABASE_URL, env.VITE_SUPABASE_PUBLISHABLE_KEY, {
  auth: { persistSession: false },
  global: { fetch: (_input, init) => answer(init) },
})
const sent: Envelope[] = []

const found = async () => Response.json([])

beforeAll(() => {
  Sentry.init({
    ...sentryOptions(env, client),
    transport: guarded(() => ({
      flush: async () => true,
      send: async (envelope) => {
        sent.push(JSON.parse(JSON.stringify(envelope)))
        return {}
      },
    })),
  })
  parentCalls(client)
  // The page load would be a parent to everything.
  Sentry.getActiveSpan()?.end()
})

afterEach(() => {
  sent.length = 0
  Sentry.setUser(null)
})

/** All that has left by now, by kind. */
async function items(type: string): Promise<Record<string, unknown>[]> {
  await Sentry.flush()
  return sent
    .flatMap((envelope): [{ type: string }, unknown][] => [...envelope[1]])
    .filter(([header]) => header.type === type)
    .flatMap(([, payload]) => {
      const { items: dozen } = payload as { items?: Record<string, unknown>[] }
      return dozen ?? [payload as Record<string, unknown>]
    })
}

const namesOf = (spans: Record<string, unknown>[]) => spans.map(({ name }) => name)

test('a query is traced, without its filters', async () => {
  answer = found
  await client.from('songs').select('id, title').ilike('title', '%amazing grace%')
  await client.rpc('suggest_tags', { p_query: 'amazing grace', p_limit: 5 })
  const spans = await items('span')
  expect(namesOf(spans)).toEqual(expect.arrayContaining(['select songs', 'insert suggest_tags']))
  expect(JSON.stringify(sent)).not.toMatch(/amazing/)
})

test('after a query that nobody traces, spans are sampled as ever', async () => {
  answer = found
  await client.from('songs').select('id')
  Sentry.startSpan({ name: 'right after' }, () => undefined)
  expect(namesOf(await items('span'))).toContain('right after')
})

test('while such a query waits for its answer, too', async () => {
  let give = (_answer: Response) => {}
  answer = () =>
    new Promise((resolve) => {
      give = resolve
    })
  const songs = client.from('songs').select('id').then()
  await expect.poll(() => Sentry.getActiveSpan()).toBeDefined()
  Sentry.startSpan({ name: 'meanwhile' }, () => undefined)
  give(Response.json([]))
  await songs
  expect(namesOf(await items('span'))).toContain('meanwhile')
})

test('a query that was called off is no error', async () => {
  const controller = new AbortController()
  answer = (init) =>
    new Promise((_resolve, reject) => {
      init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error))
      controller.abort()
    })
  const { error } = await client.from('songs').select('id').abortSignal(controller.signal)
  expect(error?.message).toMatch(/^AbortError/)
  expect(await items('event')).toEqual([])
})

test('a query that failed is one, by its code alone', async () => {
  answer = async () =>
    Response.json(
      { code: '57014', message: 'grace took too long', details: 'grace', hint: null },
      { status: 500 },
    )
  await client.from('songs').select('id').eq('title', 'grace')
  const [event] = await items('event')
  expect(event).toMatchObject({
    exception: { values: [{ value: 'Supabase answered 57014' }] },
    fingerprint: ['{{ default }}', '57014'],
  })
  expect(JSON.stringify(sent)).not.toMatch(/grace/)
})

test('metrics say nothing of the person that the SDK adds to them, and nothing of the scope', async () => {
  Sentry.setUser({ id: 'id-of-anna', email: 'anna@example.org', username: 'Anna Test' })
  Sentry.getCurrentScope().setAttribute('song', 'Amazing grace')
  Sentry.metrics.distribution('tags.cache.read', 1.5, { unit: 'millisecond', attributes: { tier: 'memory' } })
  Sentry.startSpan({ name: 'of a person' }, () => undefined)
  const [metric] = await items('trace_metric')
  expect(metric).toMatchObject({
    name: 'tags.cache.read',
    unit: 'millisecond',
    value: 1.5,
    attributes: { tier: { value: 'memory' } },
  })
  expect(namesOf(await items('span'))).toContain('of a person')
  expect(JSON.stringify(sent)).not.toMatch(/anna|grace/i)
})

test('what is measured in a span leaves as an attribute: as a measurement it would not', async () => {
  Sentry.startSpan({ name: 'measured' }, (span) => {
    Sentry.setMeasurement('rows', 7, 'none')
    span.setAttribute('rows.read', 7)
  })
  const span = (await items('span')).find(({ name }) => name === 'measured')
  expect(span).toMatchObject({ attributes: { 'rows.read': { value: 7 } } })
  expect(JSON.stringify(span)).not.toMatch(/measurement|"rows"/)
})

test('an alert arrives as one issue a rule, with its numbers', async () => {
  sendAlert({
    rule: 'search-slow',
    kind: 'raised',
    severity: 'warning',
    text: 'Searches are slow: 900 ms, wanted is at most 500 ms\nHelp: docs/monitoring.md#search-slow',
    facts: { value: 900, threshold: 500, samples: 24 },
  })
  expect(await items('event')).toMatchObject([
    {
      message: 'Searches are slow: 900 ms, wanted is at most 500 ms\nHelp: docs/monitoring.md#search-slow',
      level: 'warning',
      fingerprint: ['session-alert', 'search-slow'],
      tags: { rule: 'search-slow', kind: 'raised', severity: 'warning' },
      contexts: { alert: { value: 900, threshold: 500, samples: 24 } },
    },
  ])
})
