import { foldName } from '../../../../lib/folding.ts'
import type { CatalogTag } from '../types.ts'
import { searchUnit } from './searchUnit.ts'
import { mayPause, type Steps } from './steps.ts'

/** The unit before the first and after every spelling. Folded names never hold it. */
export const END = 0
/** Between words, and below every other unit of a folded name: with END, what a word ends before. */
export const SPACE = 0x20

/**
 * Every spelling of every tag (its name, then its synonyms), folded, one after the other in one array of UTF-16 units:
 * what a position in it spells is read up to the next END. Strings would cost an object for each word.
 */
export interface Spellings {
  units: Uint16Array
  /** By spelling: where it begins. */
  begins: Int32Array
  /** By spelling: the place of its tag in the catalogue. */
  tags: Int32Array
  /** By spelling: the place among its tag's synonyms, or {@link OWN_NAME}. */
  synonyms: Int32Array
}

export const OWN_NAME = -1

/** The spellings of these tags; one that folds to nothing is left out. */
export function* foldSpellings(tags: readonly CatalogTag[]): Steps<Spellings> {
  const keys: string[] = []
  const owners: number[] = []
  const synonyms: number[] = []
  let length = 1
  const add = (spelling: string, tag: number, synonym: number) => {
    const key = foldName(spelling)
    if (key === '') return
    keys.push(key)
    owners.push(tag)
    synonyms.push(synonym)
    length += key.length + 1
  }
  let place = 0
  for (const { name, synonyms: others } of tags) {
    add(name, place, OWN_NAME)
    for (let i = 0; i < others.length; i++) add(others[i] ?? '', place, i)
    if (mayPause(place++)) yield
  }

  const units = new Uint16Array(length)
  const begins = new Int32Array(keys.length)
  let end = 1
  let spelling = 0
  for (const key of keys) {
    begins[spelling] = end
    writeKey(units, end, key)
    end += key.length + 1
    if (mayPause(spelling++)) yield
  }
  return { units, begins, tags: Int32Array.from(owners), synonyms: Int32Array.from(synonyms) }
}

function writeKey(units: Uint16Array, begin: number, key: string): void {
  for (let i = 0; i < key.length; i++) units[begin + i] = searchUnit(key.charCodeAt(i))
}

/** Every place where a word of a spelling begins, and whose it is; in the order of the text. */
export function* findStarts({ units, begins }: Spellings): Steps<{ starts: Int32Array; owners: Int32Array }> {
  let count = begins.length
  for (let i = 0; i < units.length; i++) if (units[i] === SPACE) count++
  const starts = new Int32Array(count)
  const owners = new Int32Array(count)
  let next = 0
  for (let spelling = 0; spelling < begins.length; spelling++) {
    const begin = begins[spelling] ?? 0
    for (let i = begin; units[i] !== END; i++) {
      if (i > begin && units[i - 1] !== SPACE) continue
      starts[next] = i
      owners[next++] = spelling
    }
    if (mayPause(spelling)) yield
  }
  return { starts, owners }
}

/** What is spelt from a position up to END. */
export function keyAt(units: Uint16Array, position: number): string {
  let key = ''
  for (let i = position; units[i] !== END; i++) key += String.fromCharCode(units[i] ?? 0)
  return key
}
