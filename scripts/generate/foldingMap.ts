import defaultIgnorables from '@unicode/unicode-14.0.0/Binary_Property/Default_Ignorable_Code_Point/code-points.mjs'
import whiteSpaces from '@unicode/unicode-14.0.0/Binary_Property/White_Space/code-points.mjs'
import caseFoldingCommon from '@unicode/unicode-14.0.0/Case_Folding/C/code-points.mjs'
import caseFoldingFull from '@unicode/unicode-14.0.0/Case_Folding/F/code-points.mjs'
import generalCategories from '@unicode/unicode-14.0.0/General_Category/index.mjs'
import unassignedRanges from '@unicode/unicode-14.0.0/General_Category/Unassigned/ranges.mjs'
import names from '@unicode/unicode-14.0.0/Names/index.mjs'
import arabic from '@unicode/unicode-14.0.0/Script/Arabic/code-points.mjs'
import cyrillic from '@unicode/unicode-14.0.0/Script/Cyrillic/code-points.mjs'
import greek from '@unicode/unicode-14.0.0/Script/Greek/code-points.mjs'
import hebrew from '@unicode/unicode-14.0.0/Script/Hebrew/code-points.mjs'
import inherited from '@unicode/unicode-14.0.0/Script/Inherited/code-points.mjs'
import latin from '@unicode/unicode-14.0.0/Script/Latin/code-points.mjs'
import syriac from '@unicode/unicode-14.0.0/Script/Syriac/code-points.mjs'

export interface CodePointRange {
  first: number
  last: number
}

/** What both foldings are generated from. Keys and values are strings of Unicode 14 characters. */
export interface FoldingTables {
  /** Applied before NFKC: what is invisible, white space, and accents that NFKC would take for spaces. */
  before: Map<string, string>
  /** Applied after NFKC, one character at a time. */
  folded: Map<string, string>
  /** Code points without a meaning in Unicode 14: later Unicode tables may normalize them differently. */
  unassigned: CodePointRange[]
}

const LAST_CODE_POINT = 0x10ffff

/** NFKC takes these spacing accents apart into a space and a mark, although people type them as apostrophes. */
const SPACING_ACCENTS_USED_AS_APOSTROPHES = [0xb4, 0x384, 0x1fbd, 0x1fbf, 0x1fef, 0x1ffd, 0x1ffe]

const BRAILLE_BLANK = 0x2800

/** Left behind by copying from documents; neither is default-ignorable, neither is ever seen. */
const INVISIBLE_LEFTOVERS = [0xfff9, 0xfffa, 0xfffb, 0xfffc]

/** ' ` ʹ ʺ ʻ ʼ ʽ ʾ ʿ ˈ ˮ ՚ ׳ ״ ߴ ߵ ‘ ’ ‚ ‛ ′ ‵ Ꞌ ꞌ and the straight double quote. */
const APOSTROPHES_AND_QUOTES = [
  0x22, 0x27, 0x60, 0x2b9, 0x2ba, 0x2bb, 0x2bc, 0x2bd, 0x2be, 0x2bf, 0x2c8, 0x2ee, 0x55a, 0x5f3, 0x5f4, 0x7f4,
  0x7f5, 0x2018, 0x2019, 0x201a, 0x201b, 0x2032, 0x2035, 0xa78b, 0xa78c,
]

/** ~ | ¦ ⁄ − ∕ ∙ ∣ ⋅: symbols by category, separators by use. */
const SYMBOLS_USED_AS_SEPARATORS = [0x7e, 0x7c, 0xa6, 0x2044, 0x2212, 0x2215, 0x2219, 0x2223, 0x22c5]

/** # % @ § † ‡ ‰ ‱: punctuation by category, but `#1` is not `1`. */
const PUNCTUATION_WITH_MEANING = [0x23, 0x25, 0x40, 0xa7, 0x2020, 0x2021, 0x2030, 0x2031]

/** © ® say who owns a name, not which name it is. */
const OWNERSHIP_SIGNS = [0xa9, 0xae]

const TATWEEL = 0x640

/** Kana marks are letters' halves: か is not が. */
const KANA_VOICING_MARKS = new Set([0x3099, 0x309a])

/** Letters that have no decomposition and whose Unicode name does not give their base letter away. */
const SPELT_OUT: Record<string, string> = {
  æ: 'ae',
  ǽ: 'ae',
  ǣ: 'ae',
  œ: 'oe',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ȷ: 'j',
  ŋ: 'n',
  ĸ: 'k',
  ə: 'e',
  ɛ: 'e',
  ɔ: 'o',
  ɩ: 'i',
  ʋ: 'v',
  ƿ: 'w',
  ё: 'е',
  ѐ: 'е',
  ѝ: 'и',
  // Hamza and madda on alef, and alef wasla, are left out as often as written; ه and ة, ي and ى stay apart.
  آ: 'ا',
  أ: 'ا',
  إ: 'ا',
  ٱ: 'ا',
  // Persian and Urdu keyboards give other code points for the same two letters.
  ک: 'ك',
  ی: 'ي',
}

/**
 * Computes the folding from the Unicode 14 tables alone: never from the tables of the Node that runs this.
 *
 * What goes, and why:
 * - case (full case folding, C + F), compatibility forms (NFKC does those);
 * - accents on Latin and Greek letters, stress marks on Cyrillic ones (but й, ї, ў, ѓ, ќ are letters of their own),
 *   Hebrew points, Arabic and Syriac vowel signs, tatweel;
 * - nothing in scripts whose marks are vowels or consonants (Devanagari, Thai, kana, Hangul and others);
 * - apostrophes and quotes vanish (`God’s` is `Gods`), every other separating punctuation becomes one space, so that
 *   `Psalm 11:9` is never `Psalm 119`; `&` becomes `and`; symbols that carry meaning stay (`C++`, `#1`, `<3`, ♥).
 */
export function buildFoldingTables(): FoldingTables {
  const before = buildBefore()
  const folded = new Map<string, string>()
  const foldCharacter = characterFolding()

  for (const [codePoint, character] of assignedCharacters()) {
    // What NFKC replaces never reaches the map.
    if (character.normalize('NFKC') !== character || before.has(character)) continue
    const target = foldCharacter(codePoint, character)
    if (target !== character) folded.set(character, target)
  }
  assertClosed(before, folded)
  return {
    before,
    folded,
    // The package counts the end of a range out.
    unassigned: unassignedRanges.map(({ begin, end }) => ({ first: begin, last: end - 1 })),
  }
}

/** Every character assigned in Unicode 14, private use included and surrogates left out, in code-point order. */
export function* assignedCharacters(): Generator<[codePoint: number, character: string]> {
  for (let codePoint = 1; codePoint <= LAST_CODE_POINT; codePoint++) {
    const category = generalCategories.get(codePoint)
    if (category === 'Unassigned' || category === 'Surrogate') continue
    yield [codePoint, String.fromCodePoint(codePoint)]
  }
}

function buildBefore(): Map<string, string> {
  const before = new Map<string, string>()
  const set = (codePoints: Iterable<number>, target: string) => {
    for (const codePoint of codePoints) before.set(String.fromCodePoint(codePoint), target)
  }
  const isAssigned = (codePoint: number) => generalCategories.get(codePoint) !== 'Unassigned'

  set(
    [...generalCategories].filter(([codePoint, c]) => c === 'Control' && codePoint > 0).map(([c]) => c),
    '',
  )
  set(defaultIgnorables.filter(isAssigned), '')
  set(INVISIBLE_LEFTOVERS, '')
  set(whiteSpaces, ' ')
  set([BRAILLE_BLANK], ' ')
  set(SPACING_ACCENTS_USED_AS_APOSTROPHES, "'")
  // Those with one more accent, too: a character and its canonical decomposition have one key.
  for (const [, character] of assignedCharacters()) {
    if (before.get(Array.from(character.normalize('NFD'))[0] ?? '') === "'") before.set(character, "'")
  }
  before.delete(' ')
  return new Map([...before].sort(([a], [b]) => compareByCodePoint(a, b)))
}

function characterFolding(): (codePoint: number, character: string) => string {
  const marksToDrop = marksThatFold()
  const decomposed = new Set([...latin, ...greek])
  const vanishing = new Set([...APOSTROPHES_AND_QUOTES, ...OWNERSHIP_SIGNS, TATWEEL])
  const separating = new Set(SYMBOLS_USED_AS_SEPARATORS)
  const meaningful = new Set(PUNCTUATION_WITH_MEANING)
  const digits = decimalDigits()
  const spelling = new Map(Object.entries(SPELT_OUT).map(([key, target]) => [key.normalize('NFC'), target]))

  function byCategory(codePoint: number): string | undefined {
    if (codePoint === 0x26) return ' and '
    if (vanishing.has(codePoint) || marksToDrop.has(codePoint)) return ''
    if (separating.has(codePoint)) return ' '
    if (meaningful.has(codePoint)) return undefined
    switch (generalCategories.get(codePoint)) {
      case 'Dash_Punctuation':
      case 'Connector_Punctuation':
      case 'Open_Punctuation':
      case 'Close_Punctuation':
      case 'Other_Punctuation':
        return ' '
      case 'Initial_Punctuation':
      case 'Final_Punctuation':
        return ''
      case 'Modifier_Symbol':
        // Skin tones: 🙏🏽 is 🙏.
        return codePoint >= 0x1f3fb && codePoint <= 0x1f3ff ? '' : undefined
      default:
        return digits.get(codePoint)
    }
  }

  return function fold(codePoint, character): string {
    const target = byCategory(codePoint)
    if (target !== undefined) return target
    const spelt = spelling.get(character)
    if (spelt !== undefined) return spelt
    const cased = caseFolded(codePoint)
    if (cased !== character && !(decomposed.has(codePoint) && character.normalize('NFD') !== character)) {
      return Array.from(cased, (c) => fold(c.codePointAt(0) ?? 0, c)).join('')
    }
    if (!decomposed.has(codePoint)) return character
    const parts = Array.from(character.normalize('NFD'))
    if (parts.length > 1) return parts.map((c) => fold(c.codePointAt(0) ?? 0, c)).join('')
    return baseLetter(codePoint) ?? character
  }
}

function caseFolded(codePoint: number): string {
  const full = caseFoldingFull.get(codePoint)
  if (full) return String.fromCodePoint(...full)
  return String.fromCodePoint(caseFoldingCommon.get(codePoint) ?? codePoint)
}

/** ø, ł, đ, ħ, ɓ and their like: `LATIN SMALL LETTER O WITH STROKE` names its base letter. */
function baseLetter(codePoint: number): string | undefined {
  return /^LATIN (?:SMALL|CAPITAL) LETTER ([A-Z]) WITH /.exec(names.get(codePoint) ?? '')?.[1]?.toLowerCase()
}

function marksThatFold(): Set<number> {
  const scripts = [inherited, latin, greek, cyrillic, hebrew, arabic, syriac]
  return new Set(
    scripts.flat().filter((codePoint) => {
      const category = generalCategories.get(codePoint)
      return (
        (category === 'Nonspacing_Mark' || category === 'Enclosing_Mark') &&
        !KANA_VOICING_MARKS.has(codePoint)
      )
    }),
  )
}

/** Digits of every script: Unicode keeps each set of ten together, zero first. */
function decimalDigits(): Map<number, string> {
  const digits = new Map<number, string>()
  let runLength = 0
  for (let codePoint = 0x80; codePoint <= LAST_CODE_POINT; codePoint++) {
    if (generalCategories.get(codePoint) === 'Decimal_Number') {
      digits.set(codePoint, String(runLength % 10))
      runLength++
    } else {
      if (runLength % 10 !== 0)
        throw new Error(`Decimal digits before U+${codePoint.toString(16)} are not tens.`)
      runLength = 0
    }
  }
  return digits
}

/**
 * Folding twice must give what folding once gave. That holds when every target is a fixed point, and when nothing
 * that the final NFC can put together out of targets is itself folded.
 */
function assertClosed(before: Map<string, string>, folded: Map<string, string>): void {
  const settle = (text: string) =>
    Array.from(text.normalize('NFKC'), (c) => before.get(c) ?? folded.get(c) ?? c)
      .join('')
      .normalize('NFC')
  const isFixed = (text: string) => Array.from(text).every((c) => settle(c) === c)

  for (const [character, target] of folded) {
    if (!isFixed(target)) throw new Error(`The folding of ${describe(character)} is not a fixed point.`)
  }
  for (const [, character] of assignedCharacters()) {
    const parts = character.normalize('NFD')
    const composed = parts.normalize('NFC') === character && parts !== character
    if (composed && isFixed(parts) && settle(character) !== character) {
      throw new Error(`${describe(character)} folds, but its parts survive and compose to it again.`)
    }
  }
}

function describe(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

export function compareByCodePoint(a: string, b: string): number {
  return (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0)
}
