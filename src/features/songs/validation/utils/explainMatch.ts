import { foldName } from '../../../../lib/folding.ts'
import { singular } from './squashKey.ts'
import type { IndexEntry } from './tagIndex.ts'
import { isMisspelling } from './vocabulary.ts'

/** Why a theme is the tag of an entry, for people: `plural of Hymn`, `abbreviation of Vacation Bible School`. */
export function explainMatch(rawTheme: string, entry: IndexEntry): string {
  const { name } = entry.tag
  if (rawTheme === name) return `is the tag ${name}`
  const folded = foldName(rawTheme)
  if (folded === foldName(name)) return `same as ${name}`
  if (inSingular(folded) === inSingular(foldName(name))) {
    return folded.length > foldName(name).length ? `plural of ${name}` : `singular of ${name}`
  }
  if (folded.replaceAll(' ', '') === foldName(name).replaceAll(' ', ''))
    return `same as ${name} but for separators`
  if (folded !== entry.key) {
    return entry.isName ? `same as ${name} but for symbols` : `same as ${entry.spelling}, which is ${name}`
  }
  if (isAbbreviation(entry.spelling, name)) return `abbreviation of ${name}`
  return isMisspelling(folded, foldName(name)) ? `misspelling of ${name}` : `another word for ${name}`
}

function inSingular(folded: string): string {
  return folded.split(' ').map(singular).join(' ')
}

function isAbbreviation(spelling: string, name: string): boolean {
  const written = spelling.replace(/[^\p{L}]/gu, '')
  const initials = name
    .split(/[\s-]+/)
    .filter((word) => word !== 'and')
    .map((word) => word[0] ?? '')
    .join('')
  return (
    spelling.length <= 5 &&
    (written === written.toUpperCase() || written.toUpperCase() === initials.toUpperCase())
  )
}
