import type { Event, Exception, StackFrame } from '@sentry/react'
import { withoutServerWords } from '../serverWords.ts'
import { scrubAddress } from './scrubAddress.ts'
import { scrubAttributes } from './scrubAttributes.ts'
import { scrubBreadcrumb } from './scrubBreadcrumb.ts'
import { scrubText } from './scrubText.ts'

/**
 * An error or a message with what may leave, and nothing else: a field that a later SDK adds stays here until somebody has
 * looked at it. Never who it was: `user`, `extra` and headers are not among it.
 */
export function scrubEvent(event: Event): Event {
  const { event_id, timestamp, platform, level, release, environment, sdk, fingerprint, type } = event
  const known = { event_id, timestamp, platform, level, release, environment, sdk, fingerprint, type }
  const { message, transaction, request, exception, breadcrumbs, contexts, tags } = event
  const kept: Event = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined))
  if (message !== undefined) kept.message = scrubText(message)
  if (transaction !== undefined) kept.transaction = scrubAddress(transaction)
  if (request?.url !== undefined) kept.request = { url: scrubAddress(request.url) }
  if (exception?.values) kept.exception = { values: exception.values.map(scrubException) }
  if (breadcrumbs) kept.breadcrumbs = breadcrumbs.map(scrubBreadcrumb)
  if (tags) kept.tags = scrubAttributes(tags) as NonNullable<Event['tags']>
  if (contexts) kept.contexts = scrubContexts(contexts)
  return kept
}

/** The trace by its ids, and what an alert says in numbers. */
function scrubContexts({ trace, alert }: NonNullable<Event['contexts']>): NonNullable<Event['contexts']> {
  return {
    ...(trace && {
      trace: {
        trace_id: trace.trace_id,
        span_id: trace.span_id,
        ...(trace.parent_span_id !== undefined && { parent_span_id: trace.parent_span_id }),
      },
    }),
    ...(alert && { alert: scrubAttributes(alert) }),
  }
}

function scrubException(exception: Exception): Exception {
  const { type, value, mechanism, stacktrace } = exception
  return {
    ...(type !== undefined && { type: scrubText(type) }),
    value: withoutServerWords(exception) ?? scrubText(value ?? ''),
    ...(mechanism && {
      mechanism: {
        type: mechanism.type,
        ...(mechanism.handled !== undefined && { handled: mechanism.handled }),
      },
    }),
    ...(stacktrace?.frames && { stacktrace: { frames: stacktrace.frames.map(scrubFrame) } }),
  }
}

/** Where in the code; without the values of variables and the lines around. */
function scrubFrame({ filename, function: name, lineno, colno, in_app }: StackFrame): StackFrame {
  return {
    ...(filename !== undefined && { filename: scrubAddress(filename) }),
    ...(name !== undefined && { function: scrubText(name) }),
    ...(lineno !== undefined && { lineno }),
    ...(colno !== undefined && { colno }),
    ...(in_app !== undefined && { in_app }),
  }
}
