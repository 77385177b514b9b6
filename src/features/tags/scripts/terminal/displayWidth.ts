import { stripVTControlCharacters } from 'node:util'

let segmenter: Intl.Segmenter | undefined

/** Invisible on their own: marks, joiners, isolates, variation selectors. */
const ZERO = /^[\p{Mn}\p{Me}\p{Cf}]*$/u
/** Shown as a picture, two cells wide. */
const PICTURE =
  /^(?:\p{Emoji_Presentation}|\p{Regional_Indicator}{2}|\p{Extended_Pictographic}\p{Emoji_Modifier}?\ufe0f)/u
/** East Asian Wide and Fullwidth, https://www.unicode.org/reports/tr11/. */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1aff0}-\u{1b2ff}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}]/u

/** How many cells of a terminal the text takes. Colours take none. */
export function displayWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length
  let width = 0
  for (const { segment } of graphemes(stripVTControlCharacters(text))) width += cellsOf(segment)
  return width
}

/** The text up to so many cells, ending in `ellipsis` where something is left out. For text without colours. */
export function truncate(text: string, cells: number, ellipsis: string): string {
  if (displayWidth(text) <= cells) return text
  const room = cells - displayWidth(ellipsis)
  if (room < 0) return ellipsis.slice(0, Math.max(0, cells))
  let kept = ''
  let width = 0
  for (const { segment } of graphemes(text)) {
    width += cellsOf(segment)
    if (width > room) break
    kept += segment
  }
  return kept.trimEnd() + ellipsis
}

/** The text filled up with spaces to so many cells. */
export function pad(text: string, cells: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, cells - displayWidth(text)))
  return align === 'left' ? text + space : space + text
}

/** Made when first needed: most texts are ASCII, and making it takes longer than measuring them all. */
function graphemes(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return segmenter.segment(text)
}

function cellsOf(grapheme: string): number {
  if (ZERO.test(grapheme)) return 0
  return WIDE.test(grapheme) || PICTURE.test(grapheme) ? 2 : 1
}
