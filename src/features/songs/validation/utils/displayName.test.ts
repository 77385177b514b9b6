import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldName, isBlankName } from '../../../../lib/folding.ts'
import { bestSpelling, displayName, nameLength } from './displayName.ts'

describe('displayName', () => {
  test.each([
    ['  Amazing \t Grace\n', 'Amazing Grace'],
    ['Ado\u200bracio\u0301n', 'Adoración'],
    ['\u202eevil\u202c', 'evil'],
    ['a\u0007b\u0085c', 'ab c'],
    ['\ud800x\0', '\ufffdx\ufffd'],
    ['👨‍👩‍👧 \u200d', '👨‍👩‍👧'],
    ['❤\ufe0f', '❤\ufe0f'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['a\u2800b\u3000c\u00a0d', 'a b c d'],
  ])('of %j is %j', (raw, name) => {
    expect(displayName(raw)).toBe(name)
  })

  test('keeps the key, and is itself already', () => {
    const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))
    fc.assert(
      fc.property(texts, (raw) => {
        const name = displayName(raw)
        // Of blank names, which never become tags, a lone accent composes to a quotation mark.
        if (!isBlankName(raw)) expect(foldName(name)).toBe(foldName(raw))
        expect(displayName(name)).toBe(name)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('nameLength', () => {
  test('counts code points', () => {
    expect(nameLength('Grâce')).toBe(5)
    expect(nameLength('🎄🎄')).toBe(2)
  })
})

describe('bestSpelling', () => {
  test.each<[string, [string, number][]]>([
    [
      'Simple Gifts',
      [
        ['simple gifts', 90],
        ['Simple Gifts', 1],
        ['SIMPLE GIFTS', 90],
      ],
    ],
    [
      'simple gifts',
      [
        ['simple gifts', 1],
        ['SIMPLE GIFTS', 90],
      ],
    ],
    [
      'Hip-Hop',
      [
        ['HipHop', 9],
        ['Hip-Hop', 9],
      ],
    ],
    [
      'hip hop',
      [
        ['hip hop', 90],
        ['HipHop', 1],
      ],
    ],
    [
      'ICP',
      [
        ['icp', 90],
        ['ICP', 1],
      ],
    ],
    [
      "Heaven's Veil",
      [
        ['Heavens Veil', 9],
        ["Heaven's Veil", 1],
        ['Heaven´s Veil', 9],
      ],
    ],
    [
      'Niño Dios',
      [
        ['Nino Dios', 9],
        ['Niño Dios', 1],
      ],
    ],
    [
      'Groovy',
      [
        ['Groovy!!', 9],
        ['_Groovy_', 9],
        ['Groovy', 1],
        ['"Groovy"', 9],
      ],
    ],
    [
      'O.T.',
      [
        ['O.T.', 2],
        ['O. T', 1],
      ],
    ],
    [
      'city',
      [
        ['cities', 1],
        ['city', 1],
      ],
    ],
    [
      'cities',
      [
        ['cities', 2],
        ['city', 1],
      ],
    ],
    ['奉献', [['奉献', 1]]],
    [
      'Alpha Song',
      [
        ['Alpha song', 1],
        ['Alpha Song', 1],
        ['Alpha song.', 5],
      ],
    ],
    ['', []],
  ])('is %j', (best, spellings) => {
    expect(bestSpelling(spellings.map(([name, songs]) => ({ name, songs })))).toBe(best)
  })
})
