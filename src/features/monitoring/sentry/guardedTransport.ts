import { makeBrowserOfflineTransport, makeFetchTransport } from '@sentry/react'
import { scrubEnvelope } from './scrub/scrubEnvelope.ts'

type MakeTransport = typeof makeFetchTransport

const makeOfflineTransport = makeBrowserOfflineTransport(makeFetchTransport)

/**
 * Scrubs what leaves, and keeps it while there is no network: at most 30 envelopes, in IndexedDB, scrubbed already. They go
 * out at the next visit if not before.
 */
export const makeGuardedTransport = guarded((options) =>
  makeOfflineTransport({ ...options, flushAtStartup: true }),
)

/** A transport that everything reaches scrubbed. */
export function guarded(makeTransport: MakeTransport): MakeTransport {
  return (options) => {
    const transport = makeTransport(options)
    return {
      flush: (timeout) => transport.flush(timeout),
      send: async (envelope) => {
        const scrubbed = scrubEnvelope(envelope)
        return scrubbed ? transport.send(scrubbed) : {}
      },
    }
  }
}
