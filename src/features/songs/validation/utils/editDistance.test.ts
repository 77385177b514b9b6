import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Edit, findEdits } from './editDistance.ts'

/** The textbook recursion, as slow as it is plain. */
function distance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length
  const cost = a.at(-1) === b.at(-1) ? 0 : 1
  const ways = [
    distance(a.slice(0, -1), b) + 1,
    distance(a, b.slice(0, -1)) + 1,
    distance(a.slice(0, -1), b.slice(0, -1)) + cost,
  ]
  const swapped = a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1)
  return Math.min(...ways, ...(swapped ? [distance(a.slice(0, -2), b.slice(0, -2)) + 1] : []))
}

describe('findEdits', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 })

  test('finds as many edits as the distance, within the limit', () => {
    fc.assert(
      fc.property(word, word, fc.nat(4), (a, b, limit) => {
        const expected = distance(a, b)
        expect(findEdits(a, b, limit)?.length ?? null).toBe(expected > limit ? null : expected)
      }),
      { numRuns: 500 },
    )
  })

  test.each<[string, string, Edit[]]>([
    ['praise', 'praise', []],
    ['priase', 'praise', [{ kind: 'swap' }]],
    ['comunion', 'communion', [{ kind: 'missing', letter: 'm', doubled: true }]],
    ['worshp', 'worship', [{ kind: 'missing', letter: 'i', doubled: false }]],
    ['adventt', 'advent', [{ kind: 'surplus', letter: 't', doubled: true }]],
    ['pentacost', 'pentecost', [{ kind: 'substitution', written: 'a', meant: 'e' }]],
    [
      'comunnion',
      'communion',
      [
        { kind: 'missing', letter: 'm', doubled: true },
        { kind: 'surplus', letter: 'n', doubled: true },
      ],
    ],
  ])('from %s to %s', (written, meant, edits) => {
    expect(findEdits(written, meant, 2)).toEqual(edits)
  })
})
