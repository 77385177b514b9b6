/** What a browser wants to know before, and with, an answer to a page of that origin. No cookie is ever looked at. */
export function corsHeaders(origin: string): Record<string, string> {
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': 'authorization, apikey, content-type, x-client-info',
    'access-control-max-age': '3600',
    vary: 'origin',
  }
}
