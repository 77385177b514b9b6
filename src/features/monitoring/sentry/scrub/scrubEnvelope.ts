import type { Event, makeFetchTransport } from '@sentry/react'
import { scrubAttributes } from './scrubAttributes.ts'
import { scrubEvent } from './scrubEvent.ts'
import { scrubLabel } from './scrubLabel.ts'

/** What the SDK sends: headers, and items of one kind or another. */
export type Envelope = Parameters<ReturnType<typeof makeFetchTransport>['send']>[0]

type Payload = Record<string, unknown>

/** The kinds of items that may leave, and what of them. Any other kind (attachments, replays, logs) does not. */
const scrubbers: Readonly<Record<string, (payload: Payload) => unknown>> = {
  event: (payload) => scrubEvent(payload as Event),
  span: scrubItems,
  trace_metric: scrubItems,
  session: scrubSession,
  client_report: (payload) => payload,
}

/**
 * The last door: all that leaves goes through here, whatever made it and whatever was added on the way, such as attributes
 * of the scope, which the SDK gives to metrics after its own hooks. @returns undefined when nothing is left
 */
export function scrubEnvelope([headers, items]: Envelope): Envelope | undefined {
  const scrubbed = items.flatMap(([header, payload]) => {
    const scrub = scrubbers[header.type]
    return scrub && isPayload(payload) ? [[header, scrub(payload)]] : []
  })
  return scrubbed.length > 0 ? ([scrubHeaders(headers), scrubbed] as Envelope) : undefined
}

function scrubHeaders(headers: Envelope[0]): Envelope[0] {
  const { trace } = headers as { trace?: { transaction?: string } }
  if (trace?.transaction === undefined) return headers
  return { ...headers, trace: { ...trace, transaction: scrubLabel(trace.transaction) } }
}

/** Spans and metrics come by the dozen. */
function scrubItems(payload: Payload): unknown {
  const items: unknown[] = Array.isArray(payload.items) ? payload.items : []
  return { ...payload, items: items.filter(isPayload).map(scrubMeasured) }
}

function scrubMeasured(item: Payload): unknown {
  const { name, attributes, links } = item
  return {
    ...item,
    name: scrubLabel(String(name)),
    ...(isPayload(attributes) && { attributes: scrubAttributes(attributes) }),
    ...(Array.isArray(links) && { links: links.filter(isPayload).map(scrubLink) }),
  }
}

function scrubLink({ attributes, ...link }: Payload): unknown {
  return { ...link, ...(isPayload(attributes) && { attributes: scrubAttributes(attributes) }) }
}

/** `did` is the id, the address or the name of a person. */
function scrubSession(session: Payload): unknown {
  // A session knows how it is written as JSON, which is where `did` comes in.
  const { did: _who, attrs, ...rest } = JSON.parse(JSON.stringify(session)) as Payload
  const { release, environment }: Payload = isPayload(attrs) ? attrs : {}
  return { ...rest, attrs: { release, environment } }
}

function isPayload(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
