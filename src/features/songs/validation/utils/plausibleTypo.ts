import { type Edit, findEdits } from './editDistance.ts'
import { areLookAlikes } from './lookAlikes.ts'

/** Words shorter than this are never corrected: too many of them are one letter from another word. */
const SHORTEST_WORD = 6
/** From this length on, two edits may be a typo. */
const TWO_EDITS_FROM = 9
/** From this length on, a consonant may be missing or surplus; before, only vowels and doubled letters. */
const CONSONANTS_FROM = 8

const KEYBOARD_ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']
/** Letters that sound alike somewhere, and so are confused by people who write as they speak. */
const SOUND_ALIKE = ['aeiouy', 'ck', 'cs', 'sz', 'fv', 'gj', 'ct', 'dt', 'bp', 'qk']

/** How many edits two words may be apart to count as one. */
export function editLimit(word: string): 0 | 1 | 2 {
  if (word.length < SHORTEST_WORD || !/^[a-z]+$/.test(word)) return 0
  return word.length >= TWO_EDITS_FROM ? 2 : 1
}

/**
 * How many letters `written` is from `meant`, when that looks like a slip of the pen; null when they may be two words.
 *
 * Only letters of the Latin alphabet, folded. Refused: short words, another first letter, known look-alikes, a
 * different ending (italia, italian: inflection, not a typo), a letter that neither sounds like the other nor lies
 * beside it on a keyboard (madchester, manchester). `strict`, for words that no vocabulary vouches for, allows one
 * edit only, and no missing consonant (garbage, garage).
 */
export function typoDistance(written: string, meant: string, strict = false): number | null {
  const shorter = written.length < meant.length ? written : meant
  const limit = Math.min(editLimit(written), editLimit(meant), strict ? 1 : 2)
  if (limit === 0 || written[0] !== meant[0]) return null
  const edits = findEdits(written, meant, limit)
  if (edits === null || edits.length === 0) return null
  if (areLookAlikes(written, meant) || haveOtherEndings(written, meant, edits.length)) return null
  const consonants = !strict && shorter.length >= CONSONANTS_FROM
  return edits.every((edit) => isSlip(edit, consonants)) ? edits.length : null
}

/**
 * Inflection, not a slip: another last letter, one more or one less (a doubled last letter is no ending), or two edits
 * within the last three letters (confirmed, confirmand).
 */
function haveOtherEndings(a: string, b: string, edits: number): boolean {
  const shorter = Math.min(a.length, b.length)
  let shared = 0
  while (shared < shorter && a[shared] === b[shared]) shared++
  if (edits > 1) return shared >= shorter - 3
  if (a.length === b.length) return shared === shorter - 1
  const longer = a.length > b.length ? a : b
  return shared === shorter && longer.at(-1) !== longer.at(-2)
}

function isSlip(edit: Edit, consonants: boolean): boolean {
  if (edit.kind === 'swap') return true
  if (edit.kind === 'substitution') {
    return areConfusable(edit.written, edit.meant)
  }
  return edit.doubled || consonants || 'aeiouy'.includes(edit.letter)
}

function areConfusable(a: string, b: string): boolean {
  return SOUND_ALIKE.some((set) => set.includes(a) && set.includes(b)) || areKeyboardNeighbours(a, b)
}

function areKeyboardNeighbours(a: string, b: string): boolean {
  const [rowA, columnA] = keyPosition(a)
  const [rowB, columnB] = keyPosition(b)
  if (rowA === rowB) return Math.abs(columnA - columnB) === 1
  // Each row is shifted by half a key against the one above: a key touches two of the next row.
  const [upper, lower] = rowA < rowB ? [columnA, columnB] : [columnB, columnA]
  return Math.abs(rowA - rowB) === 1 && (upper === lower || upper === lower + 1)
}

function keyPosition(letter: string): [row: number, column: number] {
  const row = KEYBOARD_ROWS.findIndex((keys) => keys.includes(letter))
  return [row, KEYBOARD_ROWS[row]?.indexOf(letter) ?? -1]
}
