import { editLimit, typoDistance } from './plausibleTypo.ts'

export interface NearWord {
  word: string
  /** Letters that differ. */
  distance: number
}

/** Words of a list that a written word may be a slip of. */
export interface NearWords {
  add(word: string): void
  find(written: string): readonly NearWord[]
}

/**
 * For a vocabulary, whose words are trusted (two edits in long words) and no more than a few thousand: compares with
 * the words of about the same length and the same first letter.
 */
export class TrustedWords implements NearWords {
  readonly #byStart = new Map<string, Set<string>>()

  add(word: string): void {
    if (editLimit(word) === 0) return
    const start = startOf(word, word.length)
    const words = this.#byStart.get(start) ?? new Set()
    this.#byStart.set(start, words.add(word))
  }

  find(written: string): NearWord[] {
    const limit = editLimit(written)
    const found: NearWord[] = []
    if (limit === 0) return found
    for (let length = written.length - limit; length <= written.length + limit; length++) {
      for (const word of this.#byStart.get(startOf(written, length)) ?? []) {
        const distance = typoDistance(written, word)
        if (distance !== null) found.push({ word, distance })
      }
    }
    return found
  }
}

function startOf(word: string, length: number): string {
  return `${word[0]}${length}`
}

/**
 * For words that people wrote, any number of them, however alike: two words one edit apart leave the same text when one
 * letter is left out of either (Garbe's SymSpell), so that near words are a matter of look-ups.
 */
export class WrittenWords implements NearWords {
  readonly #words = new Set<string>()
  readonly #byRemainder = new Map<string, string[]>()

  add(word: string): void {
    if (this.#words.has(word)) return
    this.#words.add(word)
    for (const remainder of remaindersOf(word)) {
      const words = this.#byRemainder.get(remainder)
      if (words) words.push(word)
      else this.#byRemainder.set(remainder, [word])
    }
  }

  find(written: string): NearWord[] {
    const candidates = remaindersOf(written).flatMap((remainder) => this.#byRemainder.get(remainder) ?? [])
    return [...new Set(candidates)].flatMap((word) => {
      const distance = typoDistance(written, word, true)
      return distance === null ? [] : [{ word, distance }]
    })
  }
}

/** The word, and the word without each of its letters but the first, which never is the slip. */
function remaindersOf(word: string): string[] {
  if (editLimit(word) === 0) return []
  const remainders = [word]
  for (let i = 1; i < word.length; i++) {
    // A doubled letter leaves the same text whichever of the two goes.
    if (word[i] !== word[i - 1] || i === 1) remainders.push(word.slice(0, i) + word.slice(i + 1))
  }
  return remainders
}
