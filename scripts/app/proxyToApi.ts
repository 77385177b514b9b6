import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { request as httpsRequest } from 'node:https'

/** What is forwarded: the data and the sign-in API. Everything else the stack may serve stays out of reach. */
export function isApiPath(path: string): boolean {
  return path.startsWith('/rest/v1/') || path.startsWith('/auth/v1/')
}

/** The one edge function, which is served beside the API or not at all. */
export function isFunctionPath(path: string): boolean {
  return path === '/functions/v1/migrate-themes'
}

/** As hosted Supabase answers for a function that is not deployed. */
export function answerNoFunction(outgoing: ServerResponse): void {
  outgoing.writeHead(404, { 'content-type': 'application/json' })
  outgoing.end(JSON.stringify({ code: 'NOT_FOUND', message: 'Requested function was not found' }))
}

/** Forwards a request to the Supabase API and streams its answer back. */
export function proxyToApi(apiUrl: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const target = new URL(apiUrl)
  const request = target.protocol === 'https:' ? httpsRequest : httpRequest
  // Cookies of other apps on this host are none of the API's business; the session travels in a header.
  const { host: _host, connection: _connection, cookie: _cookie, ...headers } = incoming.headers
  const upstream = request(
    {
      ...addressOf(target),
      method: incoming.method,
      path: incoming.url,
      headers: { ...headers, host: target.host },
    },
    (answer) => {
      const { connection: _hop, 'keep-alive': _alive, ...answerHeaders } = answer.headers
      outgoing.writeHead(answer.statusCode ?? 502, answerHeaders)
      answer.pipe(outgoing)
    },
  )
  upstream.on('error', () => {
    if (outgoing.headersSent) outgoing.destroy()
    else {
      outgoing.writeHead(502, { 'content-type': 'application/json' })
      outgoing.end(
        JSON.stringify({ code: 'stack_unreachable', message: 'The Supabase API does not answer.' }),
      )
    }
  })
  // Whoever typed on no longer waits: let the database stop working for that answer.
  outgoing.on('close', () => upstream.destroy())
  incoming.pipe(upstream)
}

function addressOf(target: URL): { hostname: string; port: string } {
  return { hostname: target.hostname, port: target.port }
}
