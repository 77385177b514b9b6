import type { CatalogTag } from '../../../src/features/tags/catalog/types.ts'
import type { Label } from './parseLabels.ts'

/** From so many letters on, showing the query in the middle of a word is no accident. */
const LETTERS_OF_INFIX = 4

/**
 * Whether suggesting the tag is right for a label, or at least no harm: it is listed, or one of its names shows what
 * was typed or meant, at the beginning of a word (from four letters on, and without spaces between words, anywhere).
 * The same for tags that the labels do not know, so that a larger vocabulary may be put around theirs.
 */
export function isAcceptable(label: Label, tag: Pick<CatalogTag, 'name' | 'synonyms'>): boolean {
  if (label.kind === 'none') return false
  if (label.expected.includes(tag.name) || label.acceptable.includes(tag.name)) return true
  const shown = [label.query, label.meant].map(plain)
  return [tag.name, ...tag.synonyms].map(plain).some((name) => shown.some((text) => shows(name, text)))
}

function shows(name: string, text: string): boolean {
  if (!text) return false
  const isLong = Array.from(text).length >= LETTERS_OF_INFIX || !/\p{Script=Latin}|\d/u.test(text)
  return isLong ? name.includes(text) : ` ${name}`.includes(` ${text}`)
}

/** Lower case without marks; what is neither letter nor digit parts words, but an apostrophe does not. */
function plain(text: string): string {
  const unmarked = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'’]/gu, '')
    .normalize('NFC')
  return unmarked
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
}
