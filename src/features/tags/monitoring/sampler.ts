/**
 * Chooses one of so many calls. By chance, not every n-th: what repeats in the same rhythm would be seen always or never. The
 * number of calls to pass over is drawn in advance, so that passing over costs a subtraction.
 */
export class Sampler {
  /** How many calls each chosen one stands for. */
  readonly oneIn: number
  readonly #random: () => number
  #toPassOver: number

  /** @param oneIn 1 to choose all @param random from 0 to below 1 */
  constructor(oneIn: number, random: () => number = Math.random) {
    this.oneIn = oneIn
    this.#random = random
    this.#toPassOver = this.#draw()
  }

  chooses(): boolean {
    if (this.#toPassOver > 0) {
      this.#toPassOver -= 1
      return false
    }
    this.#toPassOver = this.#draw()
    return true
  }

  /** Geometrically distributed: each call is as likely as any other. */
  #draw(): number {
    if (this.oneIn <= 1) return 0
    return Math.floor(Math.log(1 - this.#random()) / Math.log(1 - 1 / this.oneIn))
  }
}
