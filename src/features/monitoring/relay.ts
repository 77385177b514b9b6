/** Hands messages on to whoever listens. Until somebody does, the first few are kept for them; the others are lost. */
export class Relay<T> {
  readonly #limit: number
  #kept: T[] = []
  #listener: ((message: T) => void) | undefined

  /** @param limit messages that are kept at most */
  constructor(limit: number) {
    this.#limit = limit
  }

  send(message: T): void {
    if (this.#listener) this.#listener(message)
    else if (this.#kept.length < this.#limit) this.#kept.push(message)
  }

  /** From now on this one listens, and nobody else. It is given at once what was kept. */
  connect(listener: (message: T) => void): void {
    this.#listener = listener
    for (const message of this.#kept.splice(0)) listener(message)
  }
}
