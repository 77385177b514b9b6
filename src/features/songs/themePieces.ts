/** Part of a raw theme: text as it is, or a character that would not be seen, by its name. */
export type ThemePiece = { kind: 'text'; text: string } | { kind: 'unseen'; name: string }

const names: Record<string, string> = {
  ' ': 'space',
  '\t': 'tab',
  '\n': 'line break',
  '\u00a0': 'no-break space',
}

// Spaces count as unseen at either end and when there are several. Joiners stay: emoji and Persian words need them.
const unseen = /^ +| +$| {2,}|(?![ \u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zs}\p{Zl}\p{Zp}]/gu

/** Splits a raw theme so that blanks, control and direction characters can be shown instead of taking effect. */
export function themePieces(raw: string): ThemePiece[] {
  const pieces: ThemePiece[] = []
  let end = 0
  for (const match of raw.matchAll(unseen)) {
    if (match.index > end) pieces.push({ kind: 'text', text: raw.slice(end, match.index) })
    for (const character of match[0]) pieces.push({ kind: 'unseen', name: nameOf(character) })
    end = match.index + match[0].length
  }
  if (end < raw.length) pieces.push({ kind: 'text', text: raw.slice(end) })
  return pieces
}

function nameOf(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return names[character] ?? `U+${hex}`
}
