import { expect, test } from 'vitest'
import { type Envelope, scrubEnvelope } from './scrubEnvelope.ts'

/** As the SDK would make it; its own types forbid half of what a later one may send. */
function envelope(...items: [object, unknown][]): Envelope {
  const headers = {
    sent_at: '2026-11-26',
    trace: { trace_id: 'a', public_key: 'k', transaction: '/?q=grace' },
  }
  return [headers, items] as unknown as Envelope
}

test('spans and metrics lose what tells of a person, and keep what was measured', () => {
  const span = {
    trace_id: 'a',
    span_id: 'b',
    name: 'div > button[aria-label="Account of Anna"]',
    start_timestamp: 1,
    end_timestamp: 2,
    attributes: {
      'user.email': { value: 'anna@example.org', type: 'string' },
      n: { value: 1, type: 'integer' },
    },
    links: [{ trace_id: 'c', attributes: { who: { value: 'Anna', type: 'string' } } }],
  }
  const metric = {
    name: 'tags.cache.read',
    value: 0.5,
    unit: 'millisecond',
    type: 'distribution',
    attributes: { tier: { value: 'memory', type: 'string' }, 'user.name': { value: 'Anna', type: 'string' } },
  }
  const scrubbed = scrubEnvelope(
    envelope(
      [{ type: 'span' }, { version: 2, items: [span] }],
      [{ type: 'trace_metric' }, { items: [metric] }],
    ),
  )
  expect(JSON.stringify(scrubbed)).not.toMatch(/anna|grace/i)
  expect(scrubbed?.[1]).toEqual([
    [
      { type: 'span' },
      {
        version: 2,
        items: [
          {
            ...span,
            name: 'div > button',
            attributes: { n: { value: 1, type: 'integer' } },
            links: [{ trace_id: 'c', attributes: {} }],
          },
        ],
      },
    ],
    [
      { type: 'trace_metric' },
      { items: [{ ...metric, attributes: { tier: { value: 'memory', type: 'string' } } }] },
    ],
  ])
})

test('a session has no owner', () => {
  const session = {
    sid: 's',
    errors: 0,
    toJSON: () => ({
      sid: 's',
      errors: 0,
      did: 'anna@example.org',
      attrs: { release: '1', ip_address: '10.0.0.7' },
    }),
  }
  expect(scrubEnvelope(envelope([{ type: 'session' }, session]))?.[1]).toEqual([
    [{ type: 'session' }, { sid: 's', errors: 0, attrs: { release: '1', environment: undefined } }],
  ])
})

test.each(['attachment', 'replay_recording', 'log', 'feedback', 'profile'])('no %s leaves', (type) => {
  expect(scrubEnvelope(envelope([{ type }, { body: 'grace' }]))).toBeUndefined()
})
