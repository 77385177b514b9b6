import { hash } from 'node:crypto'

/** Something to draw, and how often against the others of its list. */
export type Weighted<T> = readonly [item: T, weight: number]

/**
 * A stream of random numbers that is the same on every machine for the same name.
 *
 * Chris Doty-Humphrey's sfc32 (PractRand, public domain), its state filled with a SHA-256 of the name, so that
 * the streams `1/song/7` and `1/song/8` have nothing in common. Math.random takes no seed.
 */
export class SeededRandom {
  #a: number
  #b: number
  #c: number
  #counter = 1

  /** @param name Any text; equal names give equal streams. */
  constructor(name: string) {
    const digest = hash('sha256', name, 'buffer')
    this.#a = digest.readInt32LE(0)
    this.#b = digest.readInt32LE(4)
    this.#c = digest.readInt32LE(8)
    // The counter is fixed by the algorithm; a dozen rounds spread a, b and c over the whole state.
    for (let round = 0; round < 12; round += 1) this.uint32()
  }

  /** The next whole number from 0 to 2³² - 1. */
  uint32(): number {
    const result = (this.#a + this.#b + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + result) | 0
    return result >>> 0
  }

  /** The next number from 0 up to, but without, 1. */
  float(): number {
    return this.uint32() / 2 ** 32
  }

  /** The next whole number from 0 up to, but without, `end`. */
  below(end: number): number {
    return Math.floor(this.float() * end)
  }

  /** True in `share` of all calls (0 to 1). */
  chance(share: number): boolean {
    return this.float() < share
  }

  /** @throws RangeError when there is nothing to pick from. */
  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('There is nothing to pick from.')
    return items[this.below(items.length)] as T
  }

  /** One item, drawn as often as its weight says. @throws RangeError when there is nothing to pick from. */
  pickWeighted<T>(items: readonly Weighted<T>[]): T {
    let left = this.float() * items.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [item, weight] of items) {
      left -= weight
      if (left < 0) return item
    }
    throw new RangeError('There is nothing to pick from.')
  }

  /** A UUID in the shape of a random one (version 4). */
  uuid(): string {
    const bytes = Buffer.alloc(16)
    for (let offset = 0; offset < 16; offset += 4) bytes.writeUInt32BE(this.uint32(), offset)
    bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6)
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  }
}
