import type { AddressInfo } from 'node:net'
import { setupSpotlight } from '@spotlightjs/spotlight'

/** An item of an envelope: its kind, and what it carries. */
interface SentryItem {
  type: string
  payload: Record<string, unknown>
}

/** Sentry's own local receiver, Spotlight, in place of Sentry. */
export interface SentryReceiver {
  dsn: string
  /** All bytes that have come, as text; what is not UTF-8 is kept as Latin-1 beside it. */
  received(): string
  /** What has come, of one kind; spans and metrics one by one. */
  items(type: string): Record<string, unknown>[]
  close(): Promise<void>
}

export async function openSentryReceiver(): Promise<SentryReceiver> {
  const envelopes: string[] = []
  const { Request, Response } = globalThis
  const signals = ['SIGINT', 'SIGTERM'] as const
  const listeners = signals.map((signal) => process.listeners(signal))
  const server = await setupSpotlight({
    port: 0,
    isStandalone: true,
    // Each character is a byte.
    incomingPayload: (body) => envelopes.push(body),
    logger: { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} },
  })
  // Its server puts its own in their place, for all that run in this process: to them an answer that fails is one of status 0.
  Object.assign(globalThis, { Request, Response })
  if (!server) throw new Error('Spotlight did not start.')
  // It would end the process of the tests at a signal; that is for others to do.
  signals.forEach((signal, place) => {
    const own = process.listeners(signal).filter((one) => !listeners[place]?.includes(one))
    for (const listener of own) process.off(signal, listener)
  })
  const { port } = server.address() as AddressInfo
  return {
    dsn: `http://key@127.0.0.1:${port}/1`,
    received: () => envelopes.flatMap((bytes) => [bytes, asText(bytes)]).join('\n'),
    items: (type) =>
      envelopes
        .flatMap((bytes) => itemsOf(asText(bytes)))
        .filter((item) => item.type === type)
        .flatMap(({ payload }) => (payload.items as Record<string, unknown>[] | undefined) ?? [payload]),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}

function asText(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

/** An envelope is lines of JSON: its headers, then for each item its header and its payload. */
function itemsOf(envelope: string): SentryItem[] {
  const [, ...lines] = envelope.trimEnd().split('\n')
  return lines.flatMap((line, place) =>
    place % 2 === 0
      ? [{ type: String(JSON.parse(line).type), payload: JSON.parse(lines[place + 1] ?? '{}') }]
      : [],
  )
}
