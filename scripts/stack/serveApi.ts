import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import type { Api } from './api.ts'

/** An API on a loopback port. */
export interface ApiServer {
  url: string
  port: number
  /** Answers what is under way, for at most 10 s, then closes. */
  close(): Promise<void>
}

/**
 * Serves the API on 127.0.0.1.
 *
 * @param port 0 for any free one
 * @throws the server's own error (EADDRINUSE) when the port is taken
 */
export function serveApi(api: Pick<Api, 'fetch'>, port: number): Promise<ApiServer> {
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        port,
        hostname: '127.0.0.1',
        // Keeps the platform's Request and Response for everybody else in the process: tests, the CLI.
        overrideGlobalObjects: false,
        fetch: (request, env) => api.fetch(request, env.incoming.socket.remoteAddress ?? null),
      },
      (address) => {
        resolve({
          port: address.port,
          url: `http://127.0.0.1:${address.port}`,
          close: () => close(server as Server),
        })
      },
    )
    server.once('error', reject)
  })
}

/** Longer than the API lets a request run. */
const DRAIN_MS = 10_000

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
    server.close((error) => {
      clearTimeout(deadline)
      return error ? reject(error) : resolve()
    })
    // Kept-alive connections of clients would hold the server open; requests under way still get their answer.
    server.closeIdleConnections()
  })
}
