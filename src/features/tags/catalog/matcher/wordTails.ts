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
  const low = new Int32Array(starts.length)
  const high = new Int32Array(starts.length)
  let count = 0
  let sum = 0
  for (let i = 0; i < starts.length; i++) {
    const start = starts[i] ?? 0
    if (i === 0 || !isSameWord(units, starts[i - 1] ?? 0, start)) {
      low[count++] = i
      sum += tailsOf(units, start)
    }
    high[count - 1] = i + 1
    if (mayPause(i)) yield
  }

  const tails = new Int32Array(sum)
  const words = new Int32Array(sum)
  let next = 0
  for (let word = 0; word < count; word++) {
    const start = starts[low[word] ?? 0] ?? 0
    const end = start + tailsOf(units, start)
    for (let inside = start + 1; inside <= end; inside++) {
      tails[next] = inside
      words[next++] = word
    }
    if (mayPause(word)) yield
  }
  yield* sortPositions(units, tails, words, LONGEST_INSIDE)
  return { tails, words, low: low.slice(0, count), high: high.slice(0, count) }
}

/** How many tails a word has: one for each unit after its first. */
function tailsOf(units: Uint16Array, start: number): number {
  let tails = 0
  while (tails + 1 < LONGEST_INSIDE && (units[start + tails + 1] ?? 0) > SPACE) tails++
  return tails
}

function isSameWord(units: Uint16Array, a: number, b: number): boolean {
  for (let i = 0; ; i++) {
    const unit = units[a + i] ?? 0
    const other = units[b + i] ?? 0
    if (unit <= SPACE || other <= SPACE) return unit <= SPACE && other <= SPACE
    if (unit !== other) return false
  }
}
