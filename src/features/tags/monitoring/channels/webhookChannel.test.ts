import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  hasValidSignature,
  openWebhookReceiver,
  type WebhookReceiver,
} from '../../../../../scripts/testing/webhookReceiver.ts'
import { alertRules } from '../alertRules.ts'
import { alertMessage } from './alertMessage.ts'
import { type WebhookOptions, webhookChannel } from './webhookChannel.ts'

const secret = 'a-secret-that-receiver-and-sender-share'
let receiver: WebhookReceiver

beforeAll(async () => {
  receiver = await openWebhookReceiver()
})
afterAll(() => receiver.close())
afterEach(() => {
  receiver.calls.length = 0
  receiver.answers.length = 0
})

const [rule] = alertRules
if (rule === undefined) throw new Error('There is no rule.')
const notice = {
  rule: rule.id,
  kind: 'raised',
  at: 0,
  since: 0,
  value: 180,
  worst: 180,
  samples: 60,
} as const
const message = alertMessage(notice, { ...rule, title: 'Slow <b> & late' }, 'docs/monitoring.md')

const waits: number[] = []
function channel(options: Partial<WebhookOptions> = {}) {
  waits.length = 0
  return webhookChannel({
    url: receiver.url,
    format: 'json',
    secret,
    resolve: async () => ['93.184.216.34'],
    sleep: async (ms) => {
      waits.push(ms)
    },
    allowsLoopback: true,
    ...options,
  })
}

test('a message is posted whole, and signed', async () => {
  await channel().send(message, '7')
  expect(receiver.calls).toHaveLength(1)
  const [call] = receiver.calls
  expect(JSON.parse(call?.body ?? '')).toEqual({ version: 1, id: '7', ...message })
  expect(call && hasValidSignature(call, secret)).toBe(true)
  expect(call && hasValidSignature({ ...call, body: call.body.replace('180', '18') }, secret)).toBe(false)
  expect(call && hasValidSignature(call, 'another-secret')).toBe(false)
})

test('for Slack it is words, with what Slack would read taken out', async () => {
  await channel({ format: 'slack', secret: null }).send(message, '7')
  const [call] = receiver.calls
  expect(JSON.parse(call?.body ?? '').text).toBe(
    ':warning: Slow &lt;b&gt; &amp; late: 180 ms, wanted is at most 100 ms',
  )
  expect(call?.headers['x-songbook-signature']).toBeUndefined()
})

describe('what fails', () => {
  test('and may pass is tried again, not before the receiver asks for it', async () => {
    receiver.answers.push({ status: 503 }, { status: 429, headers: { 'retry-after': '3' } })
    await channel().send(message, '7')
    expect(receiver.calls).toHaveLength(3)
    expect(new Set(receiver.calls.map(({ body }) => body)).size).toBe(1)
    expect(waits[0]).toBeLessThanOrEqual(500)
    expect(waits[1]).toBe(3000)
  })

  test('three times is given up', async () => {
    receiver.answers.push({ status: 500 }, { status: 500 }, { status: 500 })
    await expect(channel().send(message, '7')).rejects.toThrow('The webhook answered 500.')
    expect(receiver.calls).toHaveLength(3)
  })

  test('and will not pass is not tried again', async () => {
    receiver.answers.push({ status: 404 })
    await expect(channel().send(message, '7')).rejects.toThrow('404')
    expect(receiver.calls).toHaveLength(1)
  })

  test('by a redirect is not followed', async () => {
    receiver.answers.push({ status: 307, headers: { location: '/elsewhere' } })
    await expect(channel().send(message, '7')).rejects.toThrow()
    expect(receiver.calls.map(({ path }) => path)).toEqual(['/alerts'])
  })

  test('does not tell the address', async () => {
    const failure = await channel({ url: 'http://127.0.0.1:1/hooks/t0k3n' }).send(message, '7').catch(String)
    expect(failure).toContain('cannot be reached')
    expect(failure).not.toContain('t0k3n')
  })
})

test('a name that has come to lead into a closed network is not tried again', async () => {
  const fetching = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('reset'))
  const addresses = [['93.184.216.34'], ['127.0.0.1']]
  const resolve = async () => addresses.shift() ?? []
  await expect(channel({ url: 'https://example.org/', resolve }).send(message, '7')).rejects.toThrow(
    'not on the open internet',
  )
  expect(fetching).toHaveBeenCalledOnce()
})

describe('nothing is posted', () => {
  test.each<[string, Partial<WebhookOptions>]>([
    ['over plain http', { url: 'http://example.org/hook' }],
    ['with a password in the address', { url: 'https://a:b@example.org/hook' }],
    [
      'to this machine',
      { url: 'https://localhost/hook', allowsLoopback: false, resolve: async () => ['127.0.0.1'] },
    ],
    [
      'to a name that leads into a closed network',
      { url: 'https://example.org/', resolve: async () => ['10.0.0.7'] },
    ],
    [
      'to a name that also leads there',
      { url: 'https://example.org/', resolve: async () => ['1.1.1.1', 'fd00::1'] },
    ],
    [
      'to the service that knows a cloud’s secrets',
      { url: 'https://m.example.org/', resolve: async () => ['169.254.169.254'] },
    ],
    [
      'to a name that leads nowhere',
      { url: 'https://example.org/', resolve: async () => Promise.reject(new Error('no')) },
    ],
  ])('%s', async (_, options) => {
    const fetching = vi.spyOn(globalThis, 'fetch')
    await expect(channel(options).send(message, '7')).rejects.toThrow(/webhook’s/)
    expect(fetching).not.toHaveBeenCalled()
  })
})
