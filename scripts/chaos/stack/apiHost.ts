import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import type { ApiKeys } from '../../stack/api.ts'
import { COMPILE_CACHE } from '../../testing/commandProcess.ts'
import { type ApiRequest, apiAnswerSchema } from './apiMessages.ts'

/** An API of one database, wherever it listens after its process died and was started again. */
export interface HostedApi {
  url(): string
  close(): Promise<void>
}

/** Keeps the process of the APIs running, as a hosting company does. */
export class ApiHost {
  #child: ChildProcess | undefined
  #requests = 0
  #stopped = false
  readonly #waiting = new Map<number, (url: string) => void>()
  readonly #open = new Map<string, { keys: ApiKeys; url: string }>()
  readonly #deaths: string[] = []

  /** What the process said when it died: it never should. */
  get deaths(): readonly string[] {
    return this.#deaths
  }

  async open(dbUrl: string, keys: ApiKeys): Promise<HostedApi> {
    const { publishableKey, secretKey, jwtSecret } = keys
    const opened = { keys: { publishableKey, secretKey, jwtSecret }, url: '' }
    this.#open.set(dbUrl, opened)
    await this.#serve(dbUrl)
    return {
      url: () => opened.url,
      close: async () => {
        this.#open.delete(dbUrl)
        await this.#ask({ do: 'close', dbUrl })
      },
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true
    const child = this.#child
    if (child === undefined) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.disconnect()
    await gone
  }

  async #serve(dbUrl: string): Promise<void> {
    const opened = this.#open.get(dbUrl)
    if (opened !== undefined) opened.url = await this.#ask({ do: 'open', dbUrl, keys: opened.keys })
  }

  #ask(
    request: Omit<Extract<ApiRequest, { do: 'open' }>, 'id'> | { do: 'close'; dbUrl: string },
  ): Promise<string> {
    this.#requests += 1
    const id = this.#requests
    this.#child ??= this.#launch()
    this.#child.send({ ...request, id })
    return new Promise((resolve) => this.#waiting.set(id, resolve))
  }

  #launch(): ChildProcess {
    const child = fork(join(import.meta.dirname, 'apiProcess.ts'), {
      execArgv: [...COMPILE_CACHE],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    let said = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    child.on('message', (message) => {
      const { id, url } = apiAnswerSchema.parse(message)
      this.#waiting.get(id)?.(url ?? '')
      this.#waiting.delete(id)
    })
    child.once('exit', () => {
      if (this.#stopped) return
      this.#deaths.push(said.trim().split('\n').slice(0, 12).join('\n'))
      this.#child = undefined
      for (const resolve of this.#waiting.values()) resolve('')
      this.#waiting.clear()
      for (const dbUrl of this.#open.keys()) void this.#serve(dbUrl)
    })
    return child
  }
}
