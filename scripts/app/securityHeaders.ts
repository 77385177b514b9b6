// 'self' is enough, because the API is reached through the server of the page. Nothing runs or is drawn inline.
const contentSecurityPolicy = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'font-src': "'self'",
  'img-src': "'self'",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'self'",
  'frame-ancestors': "'none'",
}

/** @param sentryDsn where errors and traces go; their host is the only other one that the page may talk to */
export function securityHeaders(sentryDsn: string | undefined): Record<string, string> {
  const policy = sentryDsn
    ? { ...contentSecurityPolicy, 'connect-src': `'self' ${new URL(sentryDsn).origin}` }
    : contentSecurityPolicy
  return {
    'content-security-policy': Object.entries(policy)
      .map(([directive, source]) => `${directive} ${source}`)
      .join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  }
}
