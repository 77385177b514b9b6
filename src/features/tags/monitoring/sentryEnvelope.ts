/** A line that says what follows, and what follows. */
export type EnvelopeItem = readonly [header: object, payload: object]

const TIMEOUT_MS = 5000

/** Where envelopes of a project go. @param dsn https://KEY@HOST/PROJECT */
export function sentryProject(dsn: string): { send: (items: readonly EnvelopeItem[]) => Promise<void> } {
  const { protocol, host, username, pathname } = new URL(dsn)
  const project = pathname.split('/').at(-1)
  const path = pathname.slice(0, pathname.lastIndexOf('/'))
  const url = `${protocol}//${host}${path}/api/${project}/envelope/`
  const headers = {
    'content-type': 'application/x-sentry-envelope',
    'x-sentry-auth': `Sentry sentry_version=7, sentry_client=songbook/1, sentry_key=${username}`,
  }
  return {
    /** @throws Error when it was not taken */
    send: async (items) => {
      const envelope = [{ sent_at: new Date().toISOString() }, ...items.flat()]
      const body = envelope.map((line) => JSON.stringify(line)).join('\n')
      const response = await fetch(url, {
        method: 'POST',
        headers,
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      await response.body?.cancel()
      if (!response.ok) throw new Error(`Sentry answered ${response.status}.`)
    },
  }
}

/** Random, as Sentry writes ids: 32 hex digits for an event or a trace, 16 for a span. */
export function hexId(digits: 16 | 32): string {
  return crypto.randomUUID().replaceAll('-', '').slice(-digits)
}

/** As Sentry wants attributes of spans and metrics. */
export function typedAttributes(attributes: Readonly<Record<string, string | number | boolean>>): object {
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [key, { value, type: typeOf(value) }]),
  )
}

function typeOf(value: string | number | boolean): string {
  if (typeof value !== 'number') return typeof value
  return Number.isInteger(value) ? 'integer' : 'double'
}
