import type { ErrorEvent, EventHint } from '@sentry/react'
import { codeOf } from './serverWords.ts'

/** Not errors of anybody: whoever typed on called the question off. The Supabase client words it as a message. */
const aborted = /^(?:AbortError\b|signal is aborted)/

/** Between hills there is no network. Chromium, Firefox and Safari say it each in its own words. */
const unreachable =
  /^(?:TypeError: |FetchError: )?(?:Failed to fetch|NetworkError when|Load failed|Network request failed)/

/** Answers that people can get, and are told about: a wrong password, an edit that came second, what they may not do. */
const refusals = new Set([
  'PT404',
  'PT409',
  'PGRST116',
  'PGRST301',
  'PGRST303',
  '23505',
  '23514',
  '42501',
  'bad_jwt',
  'email_not_confirmed',
  'invalid_credentials',
  'over_request_rate_limit',
  'refresh_token_already_used',
  'refresh_token_not_found',
  'session_not_found',
])

/** Whether nobody should hear of an error: nothing is wrong with the songbook. */
export function isNoise(event: ErrorEvent, { originalException }: EventHint): boolean {
  if (refusals.has(codeOf(originalException) ?? '')) return true
  const values = event.exception?.values ?? []
  return values.some(
    ({ type = '', value = '' }) =>
      type === 'AbortError' ||
      type === 'AuthRetryableFetchError' ||
      aborted.test(value) ||
      unreachable.test(value),
  )
}
