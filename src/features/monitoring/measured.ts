import { outcomeOf } from './outcomeOf.ts'
import { Relay } from './relay.ts'
import { inSpan } from './spans.ts'

/** What is asked of a server, by its name among the metrics. */
export type Asking = 'songs.search' | 'tags.catalog.load' | 'mutation'

export interface Timing {
  metric: Asking | WebVital
  label: string
  /** Of web.cls, the score. */
  ms: number
  /** Whether it failed, after so long. */
  failed: boolean
}

export type WebVital = 'web.lcp' | 'web.inp' | 'web.cls' | 'web.fcp' | 'web.ttfb'

interface MeasuredOptions<T> {
  /** Which kind of it, where there are several; or how the answer tells. */
  label?: string | ((answer: T) => string)
  /** Of whoever asks: what was called off is neither a success nor a failure. */
  signal?: AbortSignal
}

/** Until the tracker is loaded, after the first paint, a page asks for less than this. */
const KEPT = 50

export const timings = new Relay<Timing>(KEPT)

/**
 * Asks a server: notes how long the answer took, or that there was none, and traces it. Gives and throws what `work` does.
 *
 * Refusals are answers. While the browser is offline nothing is noted: nobody asked anybody.
 */
export async function measured<T>(
  metric: Asking,
  work: () => Promise<T>,
  { label = '', signal }: MeasuredOptions<T> = {},
): Promise<T> {
  const start = performance.now()
  const note = (kind: string, failed: boolean) =>
    timings.send({ metric, label: kind, ms: performance.now() - start, failed })
  try {
    const answer = await inSpan(metric, work)
    note(typeof label === 'string' ? label : label(answer), false)
    return answer
  } catch (error) {
    const outcome = outcomeOf(error, signal)
    if (outcome !== 'called-off') note(typeof label === 'string' ? label : '', outcome === 'failed')
    throw error
  }
}
