import { foldName } from '../../../../lib/folding.ts'

type Range = [start: number, end: number]

/**
 * Where a range of a name's key stands in the name itself, in UTF-16 units: all the characters of which a part is in
 * the range, with their marks (`stras` in Straße is `Straß`, `and` in Praise & Worship is `&`).
 *
 * @param key what `foldName(name)` gave
 */
export function highlightRange(name: string, key: string, from: number, to: number): Range {
  // Lower case is never shorter than what it is made from: with the same length, each unit is where it was.
  if (key.length === name.length && name.toLowerCase() === key) return [from, to]
  const origins = originsOf(name, key)
  // A key made of characters that act upon each other from afar: all of the name is right, if not exact.
  if (!origins) return [0, name.length]
  return [origins.starts[from] ?? 0, origins.ends[to - 1] ?? name.length]
}

interface Origins {
  /** By unit of the key: where the character that it comes from starts and ends in the name. */
  starts: number[]
  ends: number[]
}

function originsOf(name: string, key: string): Origins | null {
  const starts: number[] = []
  const ends: number[] = []
  let folded = ''
  let start = 0
  let space: Range | null = null
  for (const [character] of name.matchAll(CHARACTERS)) {
    const end = start + character.length
    const part = foldWithin(character)
    for (const unit of part) {
      if (unit === ' ') {
        if (folded !== '') space ??= [start, end]
        continue
      }
      if (space) {
        folded += ' '
        starts.push(space[0])
        ends.push(space[1])
        space = null
      }
      folded += unit
      for (let i = 0; i < unit.length; i++) {
        starts.push(start)
        ends.push(end)
      }
    }
    start = end
  }
  return folded === key ? { starts, ends } : null
}

/** A character with the marks, joiners and letter parts (Hangul) that fold together with it. */
const CHARACTERS = /[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]+|.[\p{M}\p{Cf}\p{EMod}\uff9e\uff9f]*/gsu

const foldedWithin = new Map<string, string>()
/** Names use few characters; more than these come from nothing that a person wrote. */
const REMEMBERED = 4096

/** What a character becomes in the midst of a name. */
function foldWithin(character: string): string {
  const known = foldedWithin.get(character)
  if (known !== undefined) return known
  if (foldedWithin.size >= REMEMBERED) foldedWithin.clear()
  // Alone, a separator would be nothing, and what folds away would stay as it is.
  const folded = foldName(`x${character}x`).slice(1, -1)
  foldedWithin.set(character, folded)
  return folded
}
