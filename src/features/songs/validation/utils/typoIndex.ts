import type { NearWords } from './nearWords.ts'
import { singular } from './squashKey.ts'

export interface TypoMatch<T> {
  target: T
  /** Letters that differ. */
  distance: number
  written: string
  meant: string
}

/** Finds names of which exactly one word is written with a slip of the pen: all the others must be the same. */
export class TypoIndex<T> {
  readonly #byWords = new Map<string, T[]>()
  readonly #words: NearWords

  /** @param words decides which words are near */
  constructor(words: NearWords) {
    this.#words = words
  }

  add(foldedName: string, target: T): void {
    const words = wordsOf(foldedName)
    for (const word of words) this.#words.add(word)
    const key = words.join(' ')
    const targets = this.#byWords.get(key)
    if (targets) targets.push(target)
    else this.#byWords.set(key, [target])
  }

  /** Every target that the name may be a misspelling of, in no particular order. */
  find(foldedName: string): TypoMatch<T>[] {
    const words = wordsOf(foldedName)
    return words.flatMap((written, place) =>
      this.#words.find(written).flatMap(({ word: meant, distance }) => {
        const targets = this.#byWords.get(words.with(place, meant).join(' ')) ?? []
        return targets.map((target) => ({ target, distance, written, meant }))
      }),
    )
  }
}

/** The words of a folded name, in the singular. */
export function wordsOf(foldedName: string): string[] {
  return foldedName.split(' ').map(singular)
}
