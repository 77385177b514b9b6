import {
  type CodePointList,
  foldedBeforeNormalization,
  foldedCharacters,
  unassignedInUnicode14,
} from './folding.generated.ts'

const ASCII_END = 0x80
const REPLACEMENT_CHARACTER = '\uFFFD'

const before = toMap(foldedBeforeNormalization)
const folded = toMap(foldedCharacters)

/** Targets of the ASCII characters, by code: most names never leave this table. */
const asciiTargets = Array.from({ length: ASCII_END }, (_, code) => {
  const character = String.fromCharCode(code)
  const plain = before.get(character) ?? character
  return folded.get(plain) ?? plain
})

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
  if (printableAscii.test(text)) return foldAscii(text) || collapse(text)
  const plain = replaceBefore(text.toWellFormed().replaceAll('\0', REPLACEMENT_CHARACTER))
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

function foldAscii(text: string): string {
  let result = ''
  let pendingSpace = false
  for (let i = 0; i < text.length; i++) {
    const target = asciiTargets[text.charCodeAt(i)] ?? ''
    if (target === ' ') pendingSpace = true
    else if (target === ' and ') {
      result += result === '' ? 'and' : ' and'
      pendingSpace = true
    } else if (target !== '') {
      if (pendingSpace && result !== '') result += ' '
      pendingSpace = false
      result += target
    }
  }
  return result
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
