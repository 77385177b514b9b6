import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findEdits } from '../../../songs/validation/utils/editDistance.ts'
import type { CatalogTag } from '../types.ts'
import { buildMatcherIndex } from './matcherIndex.ts'
import { keyAt, SPACE } from './spellings.ts'
import { runAtOnce } from './steps.ts'
import { LETTERS_WITH_TYPOS, type TypoEnd, TypoWalk } from './typoWalk.ts'

interface Found {
  typos: number
  ends: Set<TypoEnd>
}

/** What a walk tells of each beginning of a word, by what is spelt from there. */
function walk(names: readonly string[], query: string, most: number): Map<string, Found> {
  const catalog = names.map((name): CatalogTag => {
    return { id: name, name, category: 'theme', colour: null, isStandard: false, usage: 0, synonyms: [] }
  })
  const { spellings, starts, trie } = runAtOnce(buildMatcherIndex(catalog))
  const units = Uint16Array.from(query, (letter) => letter.charCodeAt(0))
  const found = new Map<string, Found>()
  new TypoWalk(spellings.units).walk(trie, starts, units, query.length, most, {
    found(low, high, depth, typos, end) {
      for (const start of starts.subarray(low, high)) {
        const spelt = keyAt(spellings.units, start)
        expect(spelt.length).toBeGreaterThanOrEqual(depth)
        const edits = findEdits(query.slice(0, LETTERS_WITH_TYPOS), spelt.slice(0, depth), most)?.length
        // Edits of digits are no typos, and there may be a way around them.
        if (/\d/.test(query + spelt)) expect(edits).toBeLessThanOrEqual(typos)
        else expect(edits).toBe(typos)
        if (end === 'word') expect(spelt[depth] ?? ' ').toBe(String.fromCharCode(SPACE))
        const known = found.get(spelt)
        found.set(spelt, {
          typos: Math.min(typos, known?.typos ?? typos),
          ends: new Set([...(known?.ends ?? []), end]),
        })
      }
    },
  })
  return found
}

/** The same, one spelling after another, one beginning after another. */
function compareAll(names: readonly string[], query: string, most: number): Map<string, number> {
  const nearest = new Map<string, number>()
  const spelt = names.flatMap((name) => name.split(' ').map((_, i, words) => words.slice(i).join(' ')))
  for (const text of spelt) {
    for (let depth = 0; depth <= text.length; depth++) {
      const typos = findEdits(query, text.slice(0, depth), most)?.length
      if (typos !== undefined) nearest.set(text, Math.min(typos, nearest.get(text) ?? typos))
    }
  }
  return nearest
}

describe('TypoWalk', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 7 })
  const name = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '))

  test('finds what comparing everything finds', () => {
    const query = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), minLength: 3, maxLength: 9 })
    fc.assert(
      fc.property(fc.array(name, { maxLength: 12 }), query, fc.constantFrom(1, 2), (names, query, most) => {
        const found = walk(names, query, most)
        const expected = compareAll(names, query, most)
        expect([...found.keys()].sort()).toEqual([...expected.keys()].sort())
        for (const [spelt, { typos }] of found) {
          expect(typos).toBeLessThanOrEqual(most)
          expect(typos).toBeGreaterThanOrEqual(expected.get(spelt) ?? 0)
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('says of every whole word within reach that it is one, at its distance', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), word, fc.constantFrom(1, 2), (names, query, most) => {
        fc.pre(query.length > most)
        const found = walk(names, query, most)
        for (const name of names) {
          const typos = findEdits(query, name, most)?.length
          expect(found.get(name)?.ends.has('word') ?? false).toBe(typos !== undefined)
        }
      }),
      { numRuns: 500 },
    )
  })

  test.each<[string, string, TypoEnd[]]>([
    ['worshp', 'worship', ['letter', 'slip', 'word']],
    ['wrosh', 'worship', ['letter']],
    ['worsb', 'worship', ['slip']],
    ['worhs', 'worship', ['letter']],
  ])('%s in %s ends in %j', (query, name, ends) => {
    expect([...(walk([name], query, 1).get(name)?.ends ?? [])].sort()).toEqual(ends)
  })

  test('digits count as any other letter that is the same, and as none that is not', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', '2'), minLength: 3, maxLength: 7 })
    fc.assert(
      fc.property(text, text, fc.constantFrom(1, 2), (name, query, most) => {
        const isWhole = walk([name], query, most).get(name)?.ends.has('word') ?? false
        if (isWhole) expect(query.replace(/\D/g, '')).toBe(name.replace(/\D/g, ''))
        const [inLetters, inName] = [query, name].map((either) =>
          either.replaceAll('1', 'c').replaceAll('2', 'd'),
        )
        if (isWhole) expect(findEdits(inLetters ?? '', inName ?? '', most)).not.toBeNull()
        if (!/\d/.test(name + query)) expect(isWhole).toBe(findEdits(query, name, most) !== null)
      }),
      { numRuns: 2000 },
    )
  })

  test('a digit is never a typo', () => {
    expect(walk(['psalm 23', 'psalm 2'], 'psalm 24', 2).size).toBe(0)
    expect(walk(['psalm 23'], 'pslam 23', 1).size).toBe(1)
  })

  test('of a long query the first thirty letters count', () => {
    const names = ['a'.repeat(40), `${'a'.repeat(28)}bb`, `${'a'.repeat(27)}bbb`]
    expect([...walk(names, `${'a'.repeat(30)}${'c'.repeat(100)}`, 2).keys()]).toEqual(names.slice(0, 2))
  })
})
