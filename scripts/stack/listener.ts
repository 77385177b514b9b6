import { setTimeout as delay } from 'node:timers/promises'
import { type Link, type LinkOptions, openLink } from './link.ts'

/** Listens to one channel for as long as it is open, over a new connection when one is lost. */
export interface Listener {
  close(): Promise<void>
}

const RETRY_MS = 100

/**
 * @param hear called for each notification, and after each new connection: what was announced meanwhile was missed
 * @throws LostLink when the first connection fails
 */
export async function openListener(
  options: LinkOptions,
  channel: string,
  hear: () => void,
): Promise<Listener> {
  const closing = new AbortController()
  const listen = async () => {
    const lost = Promise.withResolvers<void>()
    const link = await openLink(options, { onLost: lost.resolve, onNotify: hear })
    await link.run(`listen ${channel}`)
    return { link, lost: lost.promise }
  }
  const keepListening = async (first: { link: Link; lost: Promise<void> }) => {
    let current = first
    while (!closing.signal.aborted) {
      await Promise.race([current.lost, aborted(closing.signal)])
      if (closing.signal.aborted) break
      // The server is on this machine and comes back in moments; until then nobody can announce anything.
      const next = await delay(RETRY_MS, undefined, closing)
        .then(listen)
        .catch(() => undefined)
      if (next === undefined) continue
      current = next
      hear()
    }
    await current.link.close()
  }
  const kept = keepListening(await listen())
  return {
    close: () => {
      closing.abort()
      return kept
    },
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
