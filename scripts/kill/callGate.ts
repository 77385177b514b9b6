import type { Api } from '../stack/api.ts'

/** Told of each call: when it has arrived, and when the database has answered and nobody knows of it yet. */
export interface CallWatcher {
  arrived(name: string, nth: number): void
  answered(name: string, nth: number): void
}

/** Stands before an API, so that a client can be killed at an exact place of its conversation with it. */
export class CallGate {
  readonly #api: Pick<Api, 'fetch'>
  readonly #underWay = new Map<symbol, Promise<unknown>>()
  #counts = new Map<string, number>()
  #watcher: CallWatcher | undefined
  #last = 'nothing'
  #names: string[] = []

  constructor(api: Pick<Api, 'fetch'>) {
    this.#api = api
  }

  /** The calls since the last `watch`, in order. */
  get calls(): readonly string[] {
    return this.#names
  }

  /** What the last call was and whether it has been answered, for people. */
  get place(): string {
    return this.#last
  }

  watch(watcher: CallWatcher | undefined): void {
    this.#watcher = watcher
    this.#counts = new Map()
    this.#names = []
    this.#last = 'nothing'
  }

  async fetch(request: Request, peerAddress: string | null): Promise<Response> {
    const name = new URL(request.url).pathname.split('/').at(-1) ?? ''
    const nth = (this.#counts.get(name) ?? 0) + 1
    const watcher = this.#watcher
    this.#counts.set(name, nth)
    this.#names.push(name)
    this.#last = `in ${name} ${nth}`
    // The request goes on whatever happens to its sender: the server has it.
    const answer = this.#api.fetch(request, peerAddress)
    const key = Symbol(name)
    this.#underWay.set(key, answer)
    watcher?.arrived(name, nth)
    try {
      const response = await answer
      if (this.#last === `in ${name} ${nth}`) this.#last = `after ${name} ${nth}`
      watcher?.answered(name, nth)
      return response
    } finally {
      this.#underWay.delete(key)
    }
  }

  /** Resolves when no call is under way, those of killed clients included. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay.values())
  }
}
