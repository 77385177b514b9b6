import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { proxyToApi } from '../app/proxyToApi.ts'

/** The API on a host of its own, which lets pages of every other one call it as hosted Supabase does. */
export interface HostedApi {
  url: string
  close(): Promise<void>
}

/** Supabase Lite's own sign-in refuses the header that the client sends with it. */
const ANY_PAGE = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*, authorization',
  'access-control-allow-methods': 'GET, POST, PATCH, DELETE, HEAD',
}

export async function openHostedApi(apiUrl: string): Promise<HostedApi> {
  const server = createServer((request, response) => {
    if (request.method === 'OPTIONS') {
      response.writeHead(204, ANY_PAGE).end()
      return
    }
    for (const [name, value] of Object.entries(ANY_PAGE)) response.setHeader(name, value)
    proxyToApi(apiUrl, request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => close(server),
  }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()))
    server.closeAllConnections()
  })
}
