import type { Plugin } from 'vite'
import { ASK_EACH_TIME, FOREVER } from './cacheControl.ts'
import { securityHeaders } from './securityHeaders.ts'

/** Cloudflare heeds no more. */
const MOST_RULES = 100

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
    generateBundle: {
      // When every file has its name.
      order: 'post',
      handler(_options, bundle) {
        const headers = securityHeaders({
          supabaseUrl: env.VITE_SUPABASE_URL,
          sentryDsn: env.VITE_SENTRY_DSN,
        })
        const assets = Object.values(bundle)
          .filter(({ fileName }) => fileName.startsWith('assets/') && !fileName.endsWith('.map'))
          .toSorted((one, other) => sizeOf(other) - sizeOf(one))
          .map(({ fileName }) => fileName)
        this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile(headers, assets) })
        // A page of the app has no file of its own. Netlify heeds this for what has none; Cloudflare Pages does the same by itself,
        // and says that it ignores the line.
        this.emitFile({ type: 'asset', fileName: '_redirects', source: '/* /index.html 200\n' })
      },
    },
  }
}

/**
 * Two rules never give one header: where several match, hosts join their values instead of choosing.
 *
 * Each asset has a rule of its own. A host gives a rule's headers to whatever it answers, and in place of a file that is not
 * there it answers with the page: under `/assets/*` a browser that asks for another release's file, before that has reached
 * the host or after it has gone, would keep the page as this script for a year. Small files beyond the limit are asked about.
 *
 * @param assets their names, the largest first
 */
function headersFile(headers: Readonly<Record<string, string>>, assets: readonly string[]): string {
  const rules: Record<string, Record<string, string>> = {
    '/*': headers,
    '/': { 'cache-control': ASK_EACH_TIME },
    '/index.html': { 'cache-control': ASK_EACH_TIME },
    '/theme.js': { 'cache-control': ASK_EACH_TIME },
    ...Object.fromEntries(assets.map((name) => [`/${name}`, { 'cache-control': FOREVER }])),
  }
  return Object.entries(rules)
    .slice(0, MOST_RULES)
    .map(([path, values]) =>
      [path, ...Object.entries(values).map(([name, value]) => `  ${name}: ${value}`), ''].join('\n'),
    )
    .join('\n')
}

function sizeOf(file: { code: string } | { source: string | Uint8Array }): number {
  return 'code' in file ? file.code.length : file.source.length
}
