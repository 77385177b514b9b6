import {
  type CodePointList,
  foldedBeforeNormalization,
  foldedCharacters,
  unassignedInUnicode14,
} from './folding.generated.ts'
import { storableText } from './storableText.ts'

const before = toMap(foldedBeforeNormalization)
const folded = toMap(foldedCharacters)

const printableAscii = /^[ -~]*$/
const toReplaceBefore = new RegExp(`[${[...before.keys()].map(regexpEscape).join('')}]`, 'gu')
const runs = new RegExp(
  `[^${regexpClass(unassignedInUnicode14)}]+|([${regexpClass(unassignedInUnicode14)}]+)`,
  'gu',
)

/**
 * The key by which two names are one tag: without case, accents on Latin and Greek letters, points, vowel signs of
 * Hebrew and Arabic, apostrophes, punctuation, and with one space for every separator. Marks that are letters stay
 * (Devanagari, Thai, kana, Hangul), symbols with a meaning stay (`C++`, `#1`, `<3`, ♥), `&` is `and`.
 *
 * Empty only for blank names (white space, invisible and control characters). A name that would fold away (`---`)
 * keeps its characters as its key. Idempotent; never throws: lone surrogates and NUL, which Postgres cannot hold,
 * count as U+FFFD. The SQL function `public.normalize_tag_name` gives the same answer from the same tables
 * (`scripts/generate.ts`); neither depends on the Unicode tables of its runtime.
 */
export function foldName(text: string): string {
  return foldOneByOne(text) || foldTogether(text)
}

function foldTogether(text: string): string {
  const plain = replaceBefore(storableText(text))
  return collapse(foldRuns(plain, foldRun)) || collapse(foldRuns(plain, (run) => run.normalize('NFKC')))
}

/**
 * True when a name holds no theme at all: white space, invisible characters, dashes and punctuation only. Such a name
 * may still have a key (see {@link foldName}). The SQL twin is `public.is_blank_tag_name`.
 */
export function isBlankName(text: string): boolean {
  // Appending a letter keeps the fallback for names that fold away from applying.
  return foldName(`${text}x`) === 'x'
}

/**
 * A name with letters and accents composed (NFC), as far as Unicode 14 goes: composing what only this runtime knows
 * would change the name's key.
 */
export function composeName(text: string): string {
  return printableAscii.test(text) ? text : foldRuns(text, (run) => run.normalize('NFC'))
}

/**
 * Ranges of characters that fold the same whatever stands beside them: assigned in Unicode 14, no marks, nothing that
 * composes with the next. Nearly all names are made of these.
 */
const INDEPENDENT = [
  [0x20, 0x7e],
  [0xa1, 0xac],
  [0xae, 0x2ff],
  [0x386, 0x481],
  [0x48a, 0x52f],
  [0x1e00, 0x1eff],
  [0x2010, 0x2027],
  [0x3041, 0x3096],
  [0x30a1, 0x30fa],
  [0x4e00, 0x9fff],
  [0xac00, 0xd7a3],
] as const

const AND = ' and '
// Zero is what has not been met.
const DEPENDENT = 1
const KEPT = 2
const SPACE = 3
const REPLACED = 4
/** By UTF-16 unit, as far as they were met: what folding does to it. */
const fates = new Uint8Array(0x10000)
const replacements = new Map<number, string>()

function fateOf(unit: number): number {
  const character = String.fromCharCode(unit)
  const isIndependent = INDEPENDENT.some(([first, last]) => unit >= first && unit <= last)
  const target = isIndependent ? foldRuns(replaceBefore(character), foldRun) : null
  let fate = REPLACED
  if (target === null) fate = DEPENDENT
  else if (target !== '' && target.trim() === '') fate = SPACE
  else if (target === character) fate = KEPT
  // Its space and that of a neighbour would be two (ŀ is `l `).
  else if (target !== AND && target !== target.trim()) fate = DEPENDENT
  if (fate === REPLACED) replacements.set(unit, target ?? '')
  fates[unit] = fate
  return fate
}

/** A text whose characters all fold independently, without a look at normal forms; null for any other. */
function foldOneByOne(text: string): string | null {
  let result = ''
  let pendingSpace = false
  // Where those that are kept began: they are copied together.
  let kept = -1
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    const fate = fates[unit] || fateOf(unit)
    if (fate === KEPT) {
      if (kept >= 0) continue
      if (pendingSpace && result !== '') result += ' '
      pendingSpace = false
      kept = i
      continue
    }
    if (kept >= 0) result += text.slice(kept, i)
    kept = -1
    if (fate === DEPENDENT) return null
    if (fate === SPACE) pendingSpace = true
    else {
      const target = replacements.get(unit) ?? ''
      if (target === AND) {
        result += result === '' ? 'and' : AND.trimEnd()
        pendingSpace = true
      } else if (target !== '') {
        if (pendingSpace && result !== '') result += ' '
        pendingSpace = false
        result += target
      }
    }
  }
  return kept < 0 ? result : result + text.slice(kept)
}

function replaceBefore(text: string): string {
  return text.replace(toReplaceBefore, (character) => before.get(character) ?? character)
}

/** Characters that only a later Unicode knows pass through: this runtime may normalize them, another may not. */
function foldRuns(text: string, fold: (run: string) => string): string {
  return text.replace(runs, (run, unassigned: string | undefined) =>
    unassigned === undefined ? fold(run) : run,
  )
}

function foldRun(run: string): string {
  let result = ''
  for (const character of run.normalize('NFKC')) result += folded.get(character) ?? character
  return result.normalize('NFC')
}

function collapse(text: string): string {
  return text.replace(/ +/g, ' ').replace(/^ | $/g, '')
}

function toMap(
  lines: readonly (readonly [target: string, codePoints: CodePointList])[],
): Map<string, string> {
  const map = new Map<string, string>()
  for (const [target, codePoints] of lines) {
    for (const range of codePoints.split(' ')) {
      const [first = 0, last = first] = range.split('-').map((hex) => Number.parseInt(hex, 16))
      for (let codePoint = first; codePoint <= last; codePoint++)
        map.set(String.fromCodePoint(codePoint), target)
    }
  }
  return map
}

function regexpClass(codePoints: CodePointList): string {
  return codePoints.replace(/[0-9a-f]+/g, (hex) => `\\u{${hex}}`).replaceAll(' ', '')
}

function regexpEscape(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
}
