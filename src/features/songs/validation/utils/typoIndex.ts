import { editLimit, typoDistance } from './plausibleTypo.ts'
import { singular } from './squashKey.ts'
import { withLettersLeftOut } from './wordVariants.ts'

export interface TypoMatch<T> {
  target: T
  /** Letters that differ. */
  distance: number
  written: string
  meant: string
}

interface Candidate<T> {
  words: readonly string[]
  target: T
}

/**
 * Finds names of which exactly one word is written with a slip of the pen: all the others must be the same. Names are
 * looked up by what remains of each word when letters are left out, never compared with every other name.
 */
export class TypoIndex<T> {
  readonly #byRemainder = new Map<string, Candidate<T>[]>()
  readonly #strict: boolean

  /** @param strict for targets that no vocabulary vouches for: see {@link typoDistance} */
  constructor(strict = false) {
    this.#strict = strict
  }

  add(foldedName: string, target: T): void {
    const words = wordsOf(foldedName)
    const candidate = { words, target }
    for (const key of this.#remainders(words)) {
      const candidates = this.#byRemainder.get(key)
      if (candidates) candidates.push(candidate)
      else this.#byRemainder.set(key, [candidate])
    }
  }

  /** Every target that the name may be a misspelling of, in no particular order. */
  find(foldedName: string): TypoMatch<T>[] {
    const words = wordsOf(foldedName)
    const matches = new Map<Candidate<T>, TypoMatch<T>>()
    for (const key of this.#remainders(words)) {
      for (const candidate of this.#byRemainder.get(key) ?? []) {
        if (matches.has(candidate)) continue
        const match = this.#compare(words, candidate)
        if (match) matches.set(candidate, match)
      }
    }
    return [...matches.values()]
  }

  #compare(words: readonly string[], { words: meantWords, target }: Candidate<T>): TypoMatch<T> | null {
    const differing = words.flatMap((word, i) => (word === meantWords[i] ? [] : [i]))
    const [place] = differing
    if (words.length !== meantWords.length || differing.length !== 1 || place === undefined) return null
    const written = words[place] ?? ''
    const meant = meantWords[place] ?? ''
    const distance = typoDistance(written, meant, this.#strict)
    return distance === null ? null : { target, distance, written, meant }
  }

  *#remainders(words: readonly string[]): Generator<string> {
    for (const [i, word] of words.entries()) {
      const limit = editLimit(word)
      if (limit === 0) continue
      const before = words.slice(0, i).join(' ')
      const after = words.slice(i + 1).join(' ')
      for (const rest of withLettersLeftOut(word, this.#strict ? 1 : limit))
        yield `${before}|${rest}|${after}`
    }
  }
}

/** The words of a folded name, in the singular. */
export function wordsOf(foldedName: string): string[] {
  return foldedName.split(' ').map(singular)
}
