import type { ErrorEvent, EventHint, Exception } from '@sentry/react'

const answered = /^Supabase answered \w{1,40}$/

/**
 * What the server says may hold what somebody typed, and not in quotation marks: “Another tag is called … already.” Its
 * code says as much to whoever mends it.
 */
export function codeInsteadOfWords(event: ErrorEvent, { originalException }: EventHint): ErrorEvent {
  const code = codeOf(originalException)
  const values = event.exception?.values
  if (code === undefined || !values) return event
  return {
    ...event,
    fingerprint: ['{{ default }}', code],
    exception: {
      values: values.map((one) => (isOfServer(one) ? { ...one, value: `Supabase answered ${code}` } : one)),
    },
  }
}

/** @returns the message of an error that came from the server, without the server's words; undefined for any other */
export function withoutServerWords(exception: Exception): string | undefined {
  if (!isOfServer(exception)) return undefined
  return answered.test(exception.value ?? '') ? exception.value : 'Supabase answered'
}

/** SQLSTATE, or a code of PostgREST or of Supabase Auth. */
export function codeOf(error: unknown): string | undefined {
  const hasCode = typeof error === 'object' && error !== null && 'code' in error
  return hasCode && typeof error.code === 'string' && error.code !== '' ? error.code : undefined
}

function isOfServer({ type, mechanism }: Exception): boolean {
  return (
    /\b(?:ServiceError|EditConflict|Postgrest\w*|Auth\w*Error)$/.test(type ?? '') ||
    mechanism?.type?.startsWith('auto.db.supabase') === true
  )
}
