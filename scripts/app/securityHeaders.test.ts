import { expect, test } from 'vitest'
import { securityHeaders } from './securityHeaders.ts'

const policyOf = (dsn: string | undefined) => securityHeaders(dsn)['content-security-policy']

test('without a DSN the page talks to its own server alone', () => {
  expect(policyOf(undefined)).toContain("connect-src 'self';")
})

test('with one it may also talk to that host, and to no other', () => {
  expect(policyOf('https://key@o1.ingest.sentry.io/42')).toContain(
    "connect-src 'self' https://o1.ingest.sentry.io;",
  )
})
