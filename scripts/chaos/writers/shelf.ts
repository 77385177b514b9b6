import type { SeededRandom } from '../../seed/seededRandom.ts'

/** The songs that writers know of. A few are everybody's favourites, so that people meet. */
export class Shelf {
  readonly #songs: string[]

  constructor(songs: readonly string[]) {
    this.#songs = [...songs]
  }

  get size(): number {
    return this.#songs.length
  }

  pick(random: SeededRandom): string {
    return random.chance(0.3) ? random.pick(this.#songs.slice(0, 5)) : random.pick(this.#songs)
  }

  add(song: string): void {
    this.#songs.push(song)
  }

  remove(song: string): void {
    const place = this.#songs.indexOf(song)
    if (place >= 0) this.#songs.splice(place, 1)
  }
}
