/** Where to go after signing in: only a path of this app, so that a link cannot send somebody elsewhere. */
export function safeNext(next: string | null): string {
  if (!next?.startsWith('/')) return '/'
  const base = 'http://app.invalid'
  const url = URL.parse(next, base)
  return url?.origin === base ? `${url.pathname}${url.search}${url.hash}` : '/'
}
