import { foldName } from './folding.ts'

type Range = [start: number, end: number]

/**
 * Where a range of a name's key stands in the name itself, in UTF-16 units: all the characters of which a part is in
 * the range, with their marks (`stras` in Straße is `Straß`, `and` in Praise & Worship is `&`).
 *
 * @param key what `foldName(name)` gave
 */
export function highlightRange(name: string, key: string, from: number, to: number): Range {
  let start = 0
  let place = 0
  // The first separator since the last letter: a space of the key comes from it.
  let space: Range | null = null
  for (let at = 0, end = 0; at < name.length; at = end) {
    end = endOfCharacter(name, at)
    const part = foldWithin(name.slice(at, end))
    for (let i = 0; i < part.length; i++) {
      if (part[i] === ' ') {
        if (place > 0) space ??= [at, end]
        continue
      }
      if (space) {
        if (place === from) start = space[0]
        if (place === to - 1) return [start, space[1]]
        if (key[place++] !== ' ') return [0, name.length]
        space = null
      }
      if (place === from) start = at
      // Characters that act upon each other from afar: all of the name is right, if not exact.
      if (key[place] !== part[i]) return [0, name.length]
      if (place === to - 1) return [start, end]
      place++
    }
  }
  return [0, name.length]
}

/** A character with the marks, joiners and letter parts (Hangul) that fold together with it. */
const CHARACTER = /[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]+|.[\p{M}\p{Cf}\p{EMod}\uff9e\uff9f]*/suy
/** A unit that is a character, and no part of the one before it. */
const ALONE = /^[^\ud800-\udfff\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff\p{M}\p{Cf}\p{EMod}\uff9e\uff9f]$/u

function endOfCharacter(name: string, at: number): number {
  if (isAlone(name, at) && (at + 1 === name.length || isAlone(name, at + 1))) return at + 1
  CHARACTER.lastIndex = at
  return CHARACTER.test(name) ? CHARACTER.lastIndex : at + 1
}

const aloneness = new Map<number, boolean>()

function isAlone(name: string, at: number): boolean {
  const unit = name.charCodeAt(at)
  let alone = aloneness.get(unit)
  if (alone === undefined) {
    alone = ALONE.test(name.charAt(at))
    aloneness.set(unit, alone)
  }
  return alone
}

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
