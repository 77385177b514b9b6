import * as z from 'zod/mini'
import { MigrationFailure } from '../migration/migrationFailure.ts'
import { type EnvelopeItem, hexId, sentryProject, typedAttributes } from './sentryEnvelope.ts'

/** How a session ended. */
export interface SessionEnd {
  /** `complete`, `paused`, `failed`, … */
  phase: string
  /** The run's id. */
  run: string | null
  songs: number
}

export interface TelemetryOptions {
  /** https://KEY@HOST/PROJECT */
  dsn: string
  environment: string
  /** Who works: `command` or `edge function`. */
  worker: string
}

interface Span {
  name: string
  id: string
  /** ms since the epoch. */
  start: number
  end: number
  isOk: boolean
  attributes: Readonly<Record<string, string | number | boolean>>
}

/** Spans and metrics that one envelope carries. */
const BATCHES_PER_ENVELOPE = 100
/** Failures that a person has chosen, or that are another worker's to tell. */
const NO_EVENT: ReadonlySet<string> = new Set(['stopped', 'paused', 'cancelled', 'busy', 'taken-over'])

const batchSchema = z.object({
  outcome: z.string(),
  songs: z.optional(z.number()),
  links: z.optional(z.number()),
  durationMs: z.optional(z.number()),
})

/**
 * Tells Sentry what a session of the migration does: a span for it and one for each batch, how long batches took and how many
 * songs they did, and an event when it fails. Numbers, ids of runs and codes alone: no title, no theme, no message of a server.
 *
 * Not with an SDK: it would be most of a command's start, and Deno has no release of the one that browsers use here. It goes
 * through `fetch`, so that the engine knows nothing of it; that Sentry does not answer is nobody's concern.
 */
export class MigrationTelemetry {
  readonly #options: TelemetryOptions
  readonly #project: ReturnType<typeof sentryProject>
  readonly #trace = hexId(32)
  readonly #session = hexId(16)
  #batches: Span[] = []
  readonly #sending = new Set<Promise<void>>()

  constructor(options: TelemetryOptions) {
    this.#options = options
    this.#project = sentryProject(options.dsn)
  }

  /** For the migration client: as the one that is given, and each batch is noted. */
  fetchThrough(fetchImplementation: typeof fetch = fetch): typeof fetch {
    return async (input, init) => {
      const address = input instanceof Request ? input.url : String(input)
      if (!/\/rpc\/tag_migration_(?:rollback_)?batch$/.test(address)) return fetchImplementation(input, init)
      const start = Date.now()
      try {
        const response = await fetchImplementation(input, init)
        this.#noteBatch(
          address,
          start,
          response.ok ? await answerOf(response) : { outcome: `HTTP ${response.status}` },
        )
        return response
      } catch (error) {
        this.#noteBatch(address, start, { outcome: 'unreachable' })
        throw error
      }
    }
  }

  /** Runs a session as one span, and sends all that is left when it is over. Gives and throws what `work` does. */
  async session<T>(work: () => Promise<T>, endOf: (result: T) => SessionEnd): Promise<T> {
    const start = Date.now()
    try {
      const result = await work()
      const end = endOf(result)
      this.#endSession(start, end.phase, { run: end.run ?? '', songs: end.songs })
      if (end.phase === 'failed') this.#sendFailure('failed')
      return result
    } catch (error) {
      const code = error instanceof MigrationFailure ? error.code : 'unexpected'
      this.#endSession(start, code, {})
      if (!NO_EVENT.has(code)) this.#sendFailure(code)
      throw error
    } finally {
      await Promise.all(this.#sending)
    }
  }

  #noteBatch(
    address: string,
    start: number,
    { outcome, songs = 0, links = 0 }: z.infer<typeof batchSchema>,
  ): void {
    this.#batches.push({
      name: address.endsWith('rollback_batch') ? 'tags.migration.rollback_batch' : 'tags.migration.batch',
      id: hexId(16),
      start,
      end: Date.now(),
      isOk: !/^HTTP|unreachable/.test(outcome),
      attributes: { 'sentry.op': 'db.migration', outcome, songs, links },
    })
    if (this.#batches.length >= BATCHES_PER_ENVELOPE) this.#sendBatches()
  }

  #endSession(start: number, phase: string, facts: Record<string, string | number>): void {
    const end = Date.now()
    const attributes = { 'sentry.op': 'migration', phase, ...facts }
    const isOk = phase !== 'failed' && phase !== 'unexpected'
    this.#sendBatches({ name: 'tags.migration', id: this.#session, start, end, isOk, attributes })
  }

  #sendBatches(session?: Span): void {
    const batches = this.#batches.splice(0)
    const spans = [...batches, ...(session ? [session] : [])].map((span) => this.#spanOf(span))
    const metrics = batches.flatMap((batch) => this.#metricsOf(batch))
    this.#send([
      containerOf('span', 'application/vnd.sentry.items.span.v2+json', spans),
      containerOf('trace_metric', 'application/vnd.sentry.items.trace-metric+json', metrics),
    ])
  }

  #spanOf({ name, id, start, end, isOk, attributes }: Span): object {
    const isSession = id === this.#session
    const { worker, environment } = this.#options
    return {
      trace_id: this.#trace,
      span_id: id,
      ...(isSession ? {} : { parent_span_id: this.#session }),
      name,
      start_timestamp: start / 1000,
      end_timestamp: end / 1000,
      status: isOk ? 'ok' : 'error',
      is_segment: isSession,
      attributes: typedAttributes({
        ...attributes,
        worker,
        'sentry.environment': environment,
        'sentry.segment.id': this.#session,
        'sentry.segment.name': 'tags.migration',
      }),
    }
  }

  #metricsOf({ name, id, start, end, attributes }: Span): object[] {
    const { outcome = '', songs = 0 } = attributes
    const shared = {
      timestamp: end / 1000,
      trace_id: this.#trace,
      span_id: id,
      attributes: typedAttributes({
        outcome,
        worker: this.#options.worker,
        'sentry.environment': this.#options.environment,
      }),
    }
    return [
      { ...shared, name, type: 'distribution', unit: 'millisecond', value: end - start },
      { ...shared, name: `${name}.songs`, type: 'counter', value: Number(songs) },
    ]
  }

  #sendFailure(code: string): void {
    const event = {
      event_id: hexId(32),
      timestamp: Date.now() / 1000,
      platform: 'javascript',
      environment: this.#options.environment,
      level: 'error',
      logger: 'tag-migration',
      message: { formatted: `A migration failed: ${code}` },
      fingerprint: ['tag-migration', code],
      tags: { code, worker: this.#options.worker },
      contexts: { trace: { trace_id: this.#trace, span_id: this.#session } },
    }
    this.#send([[{ type: 'event' }, event]])
  }

  #send(items: (EnvelopeItem | undefined)[]): void {
    const present = items.filter((item) => item !== undefined)
    if (present.length === 0) return
    const sending = this.#project.send(present).catch(() => undefined)
    this.#sending.add(sending)
    void sending.finally(() => this.#sending.delete(sending))
  }
}

function containerOf(type: string, contentType: string, items: readonly object[]): EnvelopeItem | undefined {
  if (items.length === 0) return undefined
  return [
    { type, item_count: items.length, content_type: contentType },
    { version: 2, items },
  ]
}

/** Of a copy: the engine reads the answer itself. */
async function answerOf(response: Response): Promise<z.infer<typeof batchSchema>> {
  const answer = batchSchema.safeParse(
    await response
      .clone()
      .json()
      .catch(() => undefined),
  )
  return answer.success ? answer.data : { outcome: 'unknown' }
}
