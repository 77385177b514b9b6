import * as z from 'zod/mini'
import { apiUrl } from '../../../lib/apiUrl.ts'
import { validEnv } from '../../../lib/env.ts'
import { getSupabase } from '../../../lib/supabase.ts'
import { whenIdle } from '../../../lib/whenIdle.ts'
import { now } from '../cache/clock.ts'
import { metricSources } from './metricSources.ts'
import { MetricsSender, type Posted } from './metricsSender.ts'

const EVERY_MS = 60_000

const answerSchema = z.object({ outcome: z.enum(['done', 'quota']) })

/**
 * Sends what is measured while somebody is signed in: every minute, when the browser is idle, and when the page goes out of
 * sight, which may be the last that is heard of it.
 * @param userId who that is
 * @param isFresh what was measured before is nobody's, and is dropped
 * @returns how to stop; what was not sent is then dropped
 */
export function sendMetrics(userId: string, { isFresh }: { isFresh: boolean }): () => void {
  let token: string | undefined
  const sender = new MetricsSender({
    take: () => [...metricSources].flatMap((take) => take()),
    post: (entries) =>
      token === undefined ? Promise.resolve('unreachable') : post(token, { p_entries: entries }),
    clock: now,
  })
  if (isFresh) sender.forget()
  // Asked beforehand: when a page goes, there is no time to.
  const { data } = getSupabase().auth.onAuthStateChange((_event, session) => {
    // Another tab may have signed somebody else in: this one's measurements are not hers.
    token = session?.user.id === userId ? session.access_token : undefined
  })
  const controller = new AbortController()
  const { signal } = controller
  let callOff: (() => void) | undefined
  const timer = setInterval(() => {
    callOff?.()
    callOff = whenIdle(() => {
      if (document.visibilityState === 'visible' && navigator.onLine) void sender.flush()
    })
  }, EVERY_MS)
  // On the window, and not while it is captured: what others note when the page goes is noted before.
  addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && void sender.flush(), {
    signal,
  })
  addEventListener('pagehide', () => void sender.flush(), { signal })
  return () => {
    clearInterval(timer)
    callOff?.()
    controller.abort()
    data.subscription.unsubscribe()
    sender.forget()
  }
}

/** Past the Supabase client, whose calls end with their page. */
async function post(token: string, body: object): Promise<Posted> {
  const { VITE_SUPABASE_URL: url, VITE_SUPABASE_PUBLISHABLE_KEY: apikey } = validEnv()
  try {
    const response = await fetch(apiUrl(url, 'rest/v1/rpc/record_tag_metrics'), {
      method: 'POST',
      headers: { apikey, authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      keepalive: true,
    })
    if (response.status >= 500 || response.status === 429) return 'unreachable'
    return response.ok ? answerSchema.parse(await response.json()).outcome : 'refused'
  } catch {
    // Blocked, or without a network: nobody waits for it, and there is nothing to say.
    return 'unreachable'
  }
}
