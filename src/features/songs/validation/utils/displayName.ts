import { composeName, foldName } from '../../../../lib/folding.ts'
import { storableText } from '../../../../lib/storableText.ts'

/** The longest tag name, in code points, as the database counts them. */
export const MAX_NAME_LENGTH = 50

/**
 * What nobody sees and no name needs: controls, bidirectional controls, zero-width characters, fillers, tag characters.
 * Joiners and variation selectors stay inside: Persian words and emoji need them.
 */
const INVISIBLE =
  /\u034f|\u17b4|\u17b5|[\u180b-\u180f]|[\u00ad\u061c\u115f\u1160\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0\ufff9-\ufffc\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0001}\u{e0020}-\u{e007f}]|(?![\t-\r\u0085])\p{Cc}/gu

const WHITE_SPACE = /[\s\u0085\u2800]+/g

const OUTER = /^[ \u200c\u200d]+|[ \u200c\u200d]+$/g

/**
 * A raw theme as it can be shown: trimmed, white space collapsed, composed (NFC), without invisible characters. Its
 * key ({@link foldName}) is that of the raw theme, unless that is blank. Lone surrogates and NUL become U+FFFD. Not shortened.
 */
export function displayName(raw: string): string {
  const visible = storableText(raw).replace(INVISIBLE, '').replace(WHITE_SPACE, ' ')
  return composeName(visible).replace(OUTER, '')
}

/** Length in code points: what Postgres's char_length() counts. */
export function nameLength(name: string): number {
  return Array.from(name).length
}

export interface Spelling {
  name: string
  songs: number
}

/** A word form with less than this share of the most frequent form's songs does not name the tag. */
const RARE_FORM = 0.2

/**
 * The best-written of several spellings of one tag: the most frequent one may well be the misspelt one.
 *
 * Which words stand apart, and whether they are plural, is decided by use (a form that is rare beside another does not
 * name the tag). Among the forms left: whole before damaged, proper case before lower case before capitals, apostrophes
 * and accents before their absence, then frequency, then code-point order.
 */
export function bestSpelling(spellings: readonly Spelling[]): string {
  const byForm = new Map<string, number>()
  for (const { name, songs } of spellings) {
    const form = foldName(name)
    byForm.set(form, (byForm.get(form) ?? 0) + songs)
  }
  const most = Math.max(0, ...byForm.values())
  const formSongs = ({ name }: Spelling) => byForm.get(foldName(name)) ?? 0
  const usual = spellings.filter((spelling) => formSongs(spelling) >= most * RARE_FORM)
  const ranked = usual.map((spelling) => ({
    name: spelling.name,
    rank: [
      wholeness(spelling.name),
      caseQuality(spelling.name),
      apostrophes(spelling.name),
      accents(spelling.name),
      formSongs(spelling),
      spelling.songs,
      // The singular, where neither is used more.
      -spelling.name.length,
    ],
  }))
  ranked.sort((a, b) => compareRanks(b.rank, a.rank) || compareText(a.name, b.name))
  return ranked[0]?.name ?? ''
}

/** Code-unit order: the same on every machine, unlike localeCompare. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (const [i, value] of a.entries()) {
    const difference = value - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** 1, or 0 for replacement characters, underscores, doubled separators, punctuation hanging on either end. */
function wholeness(name: string): number {
  const damaged = /[\ufffd_]|[-–—/&:;,.]\s*[-–—/&:;,.]|^[-–—/&:;,.!?*"'’]|[-–—/&:;,!?*"]$|(?<!\.\p{L}+)\.$/u
  return damaged.test(name) ? 0 : 1
}

const LONGEST_ACRONYM = 4

/** 3: proper case, acronyms, scripts without case. 2: capitals inside words. 1: lower case. 0: all capitals. */
function caseQuality(name: string): number {
  const cased = name.match(/[\p{Lu}\p{Ll}\p{Lt}]/gu) ?? []
  if (cased.length === 0) return 3
  if (cased.every((letter) => /[\p{Lu}\p{Lt}]/u.test(letter))) return cased.length <= LONGEST_ACRONYM ? 3 : 0
  if (/\p{Ll}\p{Lu}/u.test(name)) return 2
  return /^[\p{Lu}\p{Lt}]/u.test(cased[0] ?? '') ? 3 : 1
}

/** Counts real apostrophes; a grave or acute accent in an apostrophe's place counts against a name. */
function apostrophes(name: string): number {
  return (name.match(/['’]/g) ?? []).length - (name.match(/[`´‘]/g) ?? []).length
}

/** Letters that folding would change beyond their case: é, ß, ł. */
function accents(name: string): number {
  return Array.from(name).filter((c) => /\p{L}/u.test(c) && foldName(c) !== c.toLowerCase()).length
}
