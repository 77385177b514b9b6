/** What is used of a span; times in seconds since the epoch. */
export interface SdkSpan {
  setAttributes(attributes: Readonly<Record<string, string | number | boolean>>): unknown
  /** 1: ok, 2: error. */
  setStatus(status: { code: 1 | 2 }): unknown
  end(timestamp?: number): void
}

interface SpanOptions {
  name: string
  op: string
  /** Seconds since the epoch; now when left out. */
  startTime?: number
  attributes: Record<string, string | number | boolean>
}

interface MetricOptions {
  unit?: string
  attributes: Record<string, string | number | boolean>
}

interface SdkEvent {
  event_id?: string
  timestamp: number
  level: 'error' | 'warning' | 'info'
  logger: string
  message: string
  fingerprint: string[]
  tags: Record<string, string>
  contexts?: Record<string, Record<string, unknown>>
}

/** What is used of Sentry's SDK to tell of events: the same in Node's and Deno's, of which one or the other is there. */
export interface EventSdk {
  captureEvent(event: SdkEvent): string
  getClient():
    | {
        on(
          hook: 'afterSendEvent',
          heard: (event: { event_id?: string }, answer: { statusCode?: number }) => void,
        ): () => void
      }
    | undefined
}

/** The same to tell of spans and metrics. Both belong to the span that is active, if one is. */
export interface SpanSdk extends Pick<EventSdk, 'captureEvent'> {
  startSpan<T>(options: SpanOptions, work: (span: SdkSpan) => T): T
  startInactiveSpan(options: SpanOptions): SdkSpan
  metrics: {
    distribution(name: string, value: number, options: MetricOptions): void
    count(name: string, value: number, options: MetricOptions): void
  }
  /** Resolves when all is sent, or after so many ms. */
  flush(timeout: number): PromiseLike<boolean>
}

export interface SentryServerOptions {
  /** https://KEY@HOST/PROJECT */
  dsn: string
  environment: string
  /** Who tells: `command` or `edge function`. */
  worker: string
}

/** For the SDK's `init`, in Node and in Deno. */
export function sentryServerOptions({ dsn, environment, worker }: SentryServerOptions) {
  return {
    dsn,
    environment,
    // In place of the machine's name, which may be its owner's.
    serverName: worker,
    // They listen to the console, to requests and to the whole process: what is told is said here, and nothing else.
    defaultIntegrations: false as const,
    tracesSampleRate: 1,
    traceLifecycle: 'stream' as const,
    tracePropagationTargets: [],
    sendClientReports: false,
  }
}
