/** What the page talks to beside the server that it came from. */
export interface Elsewhere {
  /** The Supabase API; the page's own server when left out, or a path such as "/". */
  supabaseUrl?: string | undefined
  /** Where errors and traces go. */
  sentryDsn?: string | undefined
}

// Nothing runs or is drawn inline, and nothing is a worker.
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

/**
 * The headers of every answer, on a static host (`hostingFiles.ts`) and on our own servers alike: what the tests of the whole
 * app run under is what people get. No address is told of violations: it would learn with them what people search for.
 *
 * @throws TypeError when an address is none
 */
export function securityHeaders({ supabaseUrl, sentryDsn }: Elsewhere): Record<string, string> {
  // No ws: address, because the app is built without Supabase's realtime client (vite.config.ts).
  const origins = [supabaseUrl, sentryDsn].flatMap((address) =>
    !address || address.startsWith('/') ? [] : [new URL(address).origin],
  )
  const policy = { ...contentSecurityPolicy, 'connect-src': ["'self'", ...new Set(origins)].join(' ') }
  return {
    'content-security-policy': Object.entries(policy)
      .map(([directive, source]) => `${directive} ${source}`)
      .join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'referrer-policy': 'same-origin',
    // Browsers heed it over https alone. Not for subdomains, which may be somebody else's.
    'strict-transport-security': 'max-age=31536000',
    'x-content-type-options': 'nosniff',
  }
}
