import { sortPositions } from './sortPositions.ts'
import { SPACE } from './spellings.ts'
import { mayPause, type Steps } from './steps.ts'

/** Units of a word whose insides are found. No tag that the database accepts is longer. */
const LONGEST_INSIDE = 64

/** What distinct words hold after their first letter. Tags share most words, so these are few against the text. */
export interface WordTails {
  /** Where each tail is spelt, sorted by that; past the word it goes on with whatever follows there. */
  tails: Int32Array
  /** By tail: its word. */
  words: Int32Array
  /** By word: the sorted starts that begin with the whole word, [low, high). */
  low: Int32Array
  high: Int32Array
}

/** @param starts where words begin, sorted: those of one word lie together, since SPACE and END are below any letter */
export function* findWordTails(units: Uint16Array, starts: Int32Array): Steps<WordTails> {
  const lows: number[] = []
  const highs: number[] = []
  const positions: number[] = []
  const words: number[] = []
  for (const [i, start] of starts.entries()) {
    if (mayPause(i)) yield
    if (i > 0 && isSameWord(units, starts[i - 1] ?? 0, start)) {
      highs[highs.length - 1] = i + 1
      continue
    }
    for (let inside = 1; inside < LONGEST_INSIDE && (units[start + inside] ?? 0) > SPACE; inside++) {
      positions.push(start + inside)
      words.push(lows.length)
    }
    lows.push(i)
    highs.push(i + 1)
  }
  const tails = Int32Array.from(positions)
  const wordOfTail = Int32Array.from(words)
  yield* sortPositions(units, tails, wordOfTail, LONGEST_INSIDE)
  return { tails, words: wordOfTail, low: Int32Array.from(lows), high: Int32Array.from(highs) }
}

function isSameWord(units: Uint16Array, a: number, b: number): boolean {
  for (let i = 0; ; i++) {
    const unit = units[a + i] ?? 0
    const other = units[b + i] ?? 0
    if (unit <= SPACE || other <= SPACE) return unit <= SPACE && other <= SPACE
    if (unit !== other) return false
  }
}
