import type { Plugin } from 'vite'
import { ASK_EACH_TIME, FOREVER } from './cacheControl.ts'
import { securityHeaders } from './securityHeaders.ts'

/**
 * Puts `_headers` and `_redirects` beside the built app, in the form that Cloudflare Pages and Netlify read. They are made of
 * the configuration that the build is given, so that the CSP names exactly what this build talks to.
 */
export function hostingFiles(): Plugin {
  let env: Record<string, string | undefined> = {}
  return {
    name: 'hosting-files',
    apply: 'build',
    configResolved(config) {
      env = config.env
    },
    generateBundle() {
      const headers = securityHeaders({
        supabaseUrl: env.VITE_SUPABASE_URL,
        sentryDsn: env.VITE_SENTRY_DSN,
      })
      this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile(headers) })
      // A page of the app has no file of its own; what has one is served before this is looked at.
      this.emitFile({ type: 'asset', fileName: '_redirects', source: '/* /index.html 200\n' })
    },
  }
}

/** Two rules never give one header: where several match, hosts join their values instead of choosing. */
function headersFile(headers: Readonly<Record<string, string>>): string {
  const rules: Record<string, Record<string, string>> = {
    '/*': headers,
    '/': { 'cache-control': ASK_EACH_TIME },
    '/index.html': { 'cache-control': ASK_EACH_TIME },
    '/theme.js': { 'cache-control': ASK_EACH_TIME },
    '/assets/*': { 'cache-control': FOREVER },
  }
  return Object.entries(rules)
    .map(([path, values]) =>
      [path, ...Object.entries(values).map(([name, value]) => `  ${name}: ${value}`), ''].join('\n'),
    )
    .join('\n')
}
