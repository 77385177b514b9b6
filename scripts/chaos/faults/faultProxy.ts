import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'

/** A call that came to the proxy. */
export interface Call {
  /** The function's name, or the table's. */
  name: string
  /** How many of this name there were, this one included. */
  nth: number
}

interface Answer {
  status: number
  headers: IncomingMessage['headers']
  body: Buffer
}

/** What becomes of one call, decided when it arrives. */
export interface Treatment {
  /** Waited for before anything is done about the call. */
  hold?: Promise<unknown>
  /** Answers in the API's place, which never hears of the call. */
  refuse?: { status: number; retryAfter?: string }
  /** Cuts the connection before the API hears of the call. */
  cut?: boolean
  /** Told once the API has the call. */
  onForwarded?: () => void
  /** Told, and waited for, when the API has answered and the client does not know. */
  onAnswered?: () => unknown
  /** What becomes of the answer. */
  answer?: 'cut' | 'truncated'
}

/** Stands between the commands and the API, where networks and gateways fail. */
export class FaultProxy {
  readonly #upstream: () => string
  readonly #treat: (call: Call) => Treatment
  readonly #agent = new Agent({ keepAlive: true })
  readonly #server = createServer((incoming, outgoing) => void this.#serve(incoming, outgoing))
  readonly #underWay = new Set<Promise<unknown>>()
  readonly #counts = new Map<string, number>()

  constructor(upstream: () => string, treat: (call: Call) => Treatment) {
    this.#upstream = upstream
    this.#treat = treat
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Resolves when the API has no call under way, those of killed clients included. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay)
  }

  async close(): Promise<void> {
    await this.idle()
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
    this.#agent.destroy()
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await bodyOf(incoming)
    if (body === undefined) return
    const name = (incoming.url ?? '').split('?')[0]?.split('/').at(-1) ?? ''
    const nth = (this.#counts.get(name) ?? 0) + 1
    this.#counts.set(name, nth)
    const treatment = this.#treat({ name, nth })
    await treatment.hold
    if (treatment.cut) return void outgoing.destroy()
    if (treatment.refuse) return refuse(outgoing, treatment.refuse)
    const answering = this.#forward(incoming, body)
    treatment.onForwarded?.()
    const work = answering.then(async (answer) => {
      await treatment.onAnswered?.()
      reply(outgoing, answer, treatment.answer)
    })
    this.#underWay.add(work)
    await work.finally(() => this.#underWay.delete(work))
  }

  #forward({ method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
    return new Promise((resolve) => {
      const away = () => resolve(gatewayAnswer(503, 'The API does not answer.'))
      const base = this.#upstream()
      if (base === '') return away()
      const upstream = httpRequest(
        new URL(url ?? '/', base),
        { method, headers, agent: this.#agent },
        (response) => {
          void bodyOf(response).then((answer) =>
            answer === undefined
              ? away()
              : resolve({ status: response.statusCode ?? 502, headers: response.headers, body: answer }),
          )
        },
      )
      upstream.once('error', away)
      upstream.end(body)
    })
  }
}

function reply(outgoing: ServerResponse, { status, headers, body }: Answer, fate: Treatment['answer']): void {
  if (fate === 'cut') return void outgoing.destroy()
  const { 'transfer-encoding': _, ...kept } = headers
  outgoing.writeHead(status, { ...kept, 'content-length': body.length })
  if (fate !== 'truncated') return void outgoing.end(body)
  outgoing.write(body.subarray(0, Math.floor(body.length / 2)), () => outgoing.destroy())
}

function refuse(outgoing: ServerResponse, { status, retryAfter }: NonNullable<Treatment['refuse']>): void {
  const { headers, body } = gatewayAnswer(status, 'The gateway is not well.')
  outgoing.writeHead(status, { ...headers, ...(retryAfter ? { 'retry-after': retryAfter } : {}) }).end(body)
}

function gatewayAnswer(status: number, message: string): Answer {
  const body = Buffer.from(JSON.stringify({ code: `HTTP${status}`, message, details: null, hint: null }))
  return { status, headers: { 'content-type': 'application/json' }, body }
}

/** @returns undefined when the sender went away in the middle */
async function bodyOf(message: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of message) chunks.push(Buffer.from(chunk))
    return Buffer.concat(chunks)
  } catch {
    return undefined
  }
}
