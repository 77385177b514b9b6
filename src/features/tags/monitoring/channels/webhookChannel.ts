import type { AlertChannel } from './alertChannel.ts'
import type { AlertMessage } from './alertMessage.ts'
import { isPublicAddress } from './isPublicAddress.ts'
import { signBody } from './signBody.ts'

export interface WebhookOptions {
  /** From the environment only: nobody who can write to the database chooses where alerts go. */
  url: string
  /** json: the whole message. slack: its words, as Slack, Mattermost and others take them. */
  format: 'json' | 'slack'
  /** Whoever receives it can tell by the signature that it comes from here. */
  secret: string | null
  /** All addresses of a host. */
  resolve: (host: string) => Promise<string[]>
  /** Resolves after so many ms. */
  sleep: (ms: number) => Promise<void>
  /** A receiver on this machine, over plain http: for tests. */
  allowsLoopback: boolean
}

const TRIES = 3
const TIMEOUT_MS = 5000
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 5000

/** Posts to an address of the open internet, over https, without following redirects. Tries three times what may pass. */
export function webhookChannel(options: WebhookOptions): AlertChannel {
  return {
    name: 'webhook',
    send: async (message, id) => {
      const body = JSON.stringify(
        options.format === 'slack' ? slackBody(message) : { version: 1, id, ...message },
      )
      for (let tried = 1; ; tried += 1) {
        const failure = await post(options, body)
        if (failure === undefined) return
        if (!failure.isPassing || tried === TRIES) throw new Error(failure.reason)
        const wait = FIRST_WAIT_MS * 2 ** (tried - 1) * (0.5 + Math.random() / 2)
        await options.sleep(Math.min(Math.max(wait, failure.waitMs), LONGEST_WAIT_MS))
      }
    },
  }
}

interface Failure {
  reason: string
  /** Whether another try may do better. */
  isPassing: boolean
  /** The receiver asked for so long. */
  waitMs: number
}

async function post(options: WebhookOptions, body: string): Promise<Failure | undefined> {
  // Before each try: a name that led to the open internet may lead elsewhere by now.
  const refusal = await refusalOf(options)
  if (refusal !== undefined) return { reason: refusal, isPassing: false, waitMs: 0 }
  const timestamp = Math.floor(Date.now() / 1000)
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (options.secret !== null) {
    headers['x-songbook-timestamp'] = String(timestamp)
    headers['x-songbook-signature'] = `v1=${await signBody(options.secret, timestamp, body)}`
  }
  try {
    const response = await fetch(options.url, {
      method: 'POST',
      headers,
      body,
      // A redirect could lead to where the address itself must not.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    await response.body?.cancel()
    if (response.ok) return undefined
    return {
      reason: `The webhook answered ${response.status}.`,
      isPassing: response.status >= 500 || response.status === 408 || response.status === 429,
      waitMs: Number(response.headers.get('retry-after') ?? 0) * 1000 || 0,
    }
  } catch {
    // Not with its words: they hold the address, and the address of a webhook is a secret.
    return { reason: 'The webhook cannot be reached.', isPassing: true, waitMs: 0 }
  }
}

/** @returns why the address is not posted to */
async function refusalOf({ url, resolve, allowsLoopback }: WebhookOptions): Promise<string | undefined> {
  const { protocol, hostname, username } = new URL(url)
  const isLoopback = hostname === '127.0.0.1' || hostname === '[::1]' || hostname === 'localhost'
  if (allowsLoopback && isLoopback) return undefined
  if (protocol !== 'https:' || username !== '')
    return 'The webhook’s address must be https, without a password.'
  const host = hostname.replace(/^\[|\]$/g, '')
  const addresses = await resolve(host).catch(() => [])
  if (addresses.length === 0) return 'The webhook’s host has no address.'
  return addresses.every(isPublicAddress) ? undefined : 'The webhook’s host is not on the open internet.'
}

function slackBody({ kind, severity, title, lines }: AlertMessage): object {
  const sign =
    kind === 'resolved' ? ':white_check_mark:' : severity === 'critical' ? ':red_circle:' : ':warning:'
  const text = plain(title)
  return {
    text: `${sign} ${text}`,
    blocks: [
      {
        type: 'section',
        text: { type: 'mrkdwn', text: `${sign} *${text}*\n${lines.map(plain).join('\n')}` },
      },
    ],
  }
}

/** The three characters that Slack reads. */
function plain(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
