import * as z from 'zod/mini'
import { MigrationFailure } from '../migration/migrationFailure.ts'
import type { SdkSpan, SpanSdk } from './sentrySdk.ts'

/** How a session ended. */
export interface SessionEnd {
  /** `complete`, `paused`, `failed`, … */
  phase: string
  /** The run's id. */
  run: string | null
  songs: number
}

/** Who works. */
export type TelemetryWorker = 'command' | 'edge function'

/** What Sentry may take to answer when the work is done; ms. */
const TIMEOUT_MS = 5000
/** Of a span, as the SDK counts. */
const OK = 1
const ERROR = 2
/** Failures that a person has chosen, or that are another worker's to tell. */
const NO_EVENT: ReadonlySet<string> = new Set(['stopped', 'paused', 'cancelled', 'busy', 'taken-over'])

const batchSchema = z.object({
  outcome: z.string(),
  songs: z.optional(z.number()),
  links: z.optional(z.number()),
})

type Batch = z.infer<typeof batchSchema>

/**
 * Tells Sentry what a session of the migration does: a span for it and one for each batch, how long batches took and how many
 * songs they did, and an event when it fails. Numbers, ids of runs and codes alone: no title, no theme, no message of a server.
 *
 * It goes through `fetch`, so that the engine knows nothing of it; that Sentry does not answer is nobody's concern.
 */
export class MigrationTelemetry {
  readonly #sdk: SpanSdk
  readonly #worker: TelemetryWorker

  constructor(sdk: SpanSdk, worker: TelemetryWorker) {
    this.#sdk = sdk
    this.#worker = worker
  }

  /** For the migration client: as the one that is given, and each batch is noted. */
  fetchThrough(fetchImplementation: typeof fetch = fetch): typeof fetch {
    return async (input, init) => {
      const address = input instanceof Request ? input.url : String(input)
      if (!/\/rpc\/tag_migration_(?:rollback_)?batch$/.test(address)) return fetchImplementation(input, init)
      const name = address.endsWith('rollback_batch')
        ? 'tags.migration.rollback_batch'
        : 'tags.migration.batch'
      const start = Date.now()
      try {
        const response = await fetchImplementation(input, init)
        const batch = response.ok ? await answerOf(response) : { outcome: `HTTP ${response.status}` }
        this.#noteBatch(name, start, batch, response.ok)
        return response
      } catch (error) {
        this.#noteBatch(name, start, { outcome: 'unreachable' }, false)
        throw error
      }
    }
  }

  /** Runs a session as one span, and sends all that is left when it is over. Gives and throws what `work` does. */
  async session<T>(work: () => Promise<T>, endOf: (result: T) => SessionEnd): Promise<T> {
    const options = { name: 'tags.migration', op: 'migration', attributes: { worker: this.#worker } }
    try {
      const give = await this.#sdk.startSpan(options, async (span) => {
        try {
          const result = await work()
          const { phase, run, songs } = endOf(result)
          span.setAttributes({ run: run ?? '', songs })
          this.#endSession(span, phase, phase === 'failed')
          return () => result
        } catch (error) {
          const code = error instanceof MigrationFailure ? error.code : 'unexpected'
          this.#endSession(span, code, !NO_EVENT.has(code))
          // Thrown in here, the SDK would take what a person has stopped for an error.
          return () => {
            throw error
          }
        }
      })
      return give()
    } finally {
      await this.#sdk.flush(TIMEOUT_MS)
    }
  }

  #noteBatch(name: string, start: number, { outcome, songs = 0, links = 0 }: Batch, isOk: boolean): void {
    const end = Date.now()
    const attributes = { worker: this.#worker, outcome }
    const span = this.#sdk.startInactiveSpan({
      name,
      op: 'db.migration',
      startTime: start / 1000,
      attributes: { ...attributes, songs, links },
    })
    span.setStatus({ code: isOk ? OK : ERROR })
    span.end(end / 1000)
    this.#sdk.metrics.distribution(name, end - start, { unit: 'millisecond', attributes })
    this.#sdk.metrics.count(`${name}.songs`, songs, { attributes })
  }

  #endSession(span: SdkSpan, phase: string, isFailure: boolean): void {
    span.setAttributes({ phase })
    span.setStatus({ code: isFailure ? ERROR : OK })
    if (!isFailure) return
    this.#sdk.captureEvent({
      timestamp: Date.now() / 1000,
      level: 'error',
      logger: 'tag-migration',
      message: `A migration failed: ${phase}`,
      fingerprint: ['tag-migration', phase],
      tags: { code: phase, worker: this.#worker },
    })
  }
}

/** Of a copy: the engine reads the answer itself. */
async function answerOf(response: Response): Promise<Batch> {
  const answer = batchSchema.safeParse(
    await response
      .clone()
      .json()
      .catch(() => undefined),
  )
  return answer.success ? answer.data : { outcome: 'unknown' }
}
