/** Edits this long ago say nothing about now, milliseconds. */
const WINDOW_MS = 5000
/** Edits in that time, from which on people are taken to be at work. */
const MANY = 5

/** Whether people write songs just now, by a count of all edits ever that is looked at now and then. */
export class EditRate {
  readonly #now: () => number
  #count: number | undefined
  #rises: { at: number; edits: number }[] = []

  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  /** @param count of edits ever; lower than before when the server began to count anew */
  look(count: number): void {
    const rise = count - (this.#count ?? count)
    this.#count = count
    this.#rises = this.#recent()
    if (rise > 0) this.#rises.push({ at: this.#now(), edits: rise })
  }

  get isHigh(): boolean {
    return this.#recent().reduce((sum, { edits }) => sum + edits, 0) >= MANY
  }

  #recent(): { at: number; edits: number }[] {
    return this.#rises.filter(({ at }) => this.#now() - at <= WINDOW_MS)
  }
}
