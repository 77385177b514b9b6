import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ReceivedCall {
  headers: IncomingHttpHeaders
  body: string
  path: string
}

/** Somebody who takes alerts. */
export interface WebhookReceiver {
  url: string
  calls: ReceivedCall[]
  /** What the next calls are answered with, one after the other; 200 when there is nothing left. */
  answers: { status: number; headers?: Record<string, string> }[]
  close(): Promise<void>
}

export async function openWebhookReceiver(): Promise<WebhookReceiver> {
  const calls: ReceivedCall[] = []
  const answers: WebhookReceiver['answers'] = []
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks).toString('utf8')
    calls.push({ headers: request.headers, body, path: request.url ?? '' })
    const { status, headers } = answers.shift() ?? { status: 200 }
    response.writeHead(status, headers).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/alerts`,
    calls,
    answers,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** As a receiver checks it, by the recipe in docs/monitoring.md. */
export function hasValidSignature({ headers, body }: ReceivedCall, secret: string): boolean {
  const timestamp = String(headers['x-songbook-timestamp'])
  const isRecent = Math.abs(Date.now() / 1000 - Number(timestamp)) < 300
  const expected = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
  return isRecent && headers['x-songbook-signature'] === `v1=${expected}`
}
