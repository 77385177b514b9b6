import { expect, test } from 'vitest'
import { type Elsewhere, securityHeaders } from './securityHeaders.ts'

const connectionsOf = (elsewhere: Elsewhere) =>
  securityHeaders(elsewhere)['content-security-policy']?.match(/connect-src ([^;]*)/)?.[1]

test('the page talks to its own server alone', () => {
  expect(connectionsOf({})).toBe("'self'")
  expect(connectionsOf({ supabaseUrl: '/', sentryDsn: '' })).toBe("'self'")
})

test('it may also talk to Supabase and to Sentry, where they are elsewhere, and to no other', () => {
  const supabaseUrl = 'https://abcdefghijklmnopqrst.supabase.co/'
  const sentryDsn = 'https://key@o1.ingest.sentry.io/42'
  expect(connectionsOf({ sentryDsn })).toBe("'self' https://o1.ingest.sentry.io")
  expect(connectionsOf({ supabaseUrl, sentryDsn })).toBe(
    "'self' https://abcdefghijklmnopqrst.supabase.co https://o1.ingest.sentry.io",
  )
  expect(() => securityHeaders({ supabaseUrl: 'supabase.co' })).toThrow(TypeError)
})
