/**
 * How a compound is held together. `strong` separators hardly ever stand inside a name; `weak` ones (commas,
 * ampersands) do, so that they need some sign that the parts are themes; `word` ones (`and`) need every part to be.
 */
type CompoundKind = 'strong' | 'dash' | 'weak' | 'word'

export interface Compound {
  kind: CompoundKind
  parts: string[]
}

const SEPARATORS: readonly [CompoundKind, RegExp][] = [
  // Not between digits (24/7, Psalm 23:1), not in addresses (https://…); a colon only before a space.
  ['strong', /\s*(?:(?<![\d/:])\/(?![\d/])|[;|\\•；／｜、\n]|(?<!\d)[:：](?=\s)|\s\+\s)\s*/u],
  // A dash is a hyphen unless a space follows it; a long one never is.
  ['dash', /\s*[-‐‑–]+\s+|\s*—+\s*/u],
  ['weak', /\s*(?:[,，،&＆](?!\d))\s*/u],
  ['word', /\s+(?:and|und|et|y|e)\s+/iu],
]

/** Two letters may be half of a name (AC/DC, w/o); in scripts that write words in one or two signs, one is a word. */
const SHORTEST_PART = 3

/** Takes a name apart at its strongest separators; null when there is nothing to take apart. */
export function splitCompound(name: string): Compound | null {
  if (name.includes('://')) return null
  for (const [kind, separator] of SEPARATORS) {
    const parts = name.split(separator).map((part) => part.trim())
    const filled = parts.filter((part) => part !== '')
    if (filled.length > 1 && filled.every(isLongEnough)) return { kind, parts: filled }
  }
  return null
}

function isLongEnough(part: string): boolean {
  const letters = part.match(/\p{L}/gu) ?? []
  return (
    letters.length >= SHORTEST_PART ||
    letters.some((letter) => /[\p{scx=Han}\p{scx=Hang}\p{scx=Kana}\p{scx=Hira}]/u.test(letter))
  )
}
