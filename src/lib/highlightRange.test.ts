import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldName } from './folding.ts'
import { highlightRange } from './highlightRange.ts'

/** What is highlighted when a part of the key matched. */
function highlighted(name: string, part: string): string {
  const key = foldName(name)
  const from = key.indexOf(part)
  const [start, end] = highlightRange(name, key, from, from + part.length)
  return name.slice(start, end)
}

describe('highlightRange', () => {
  test.each([
    ['Praise', 'rai', 'rai'],
    ['Straße', 'stras', 'Straß'],
    ['Straße', 'sse', 'ße'],
    ['God’s Love', 'gods', 'God’s'],
    ['God’s Love', 'god', 'God'],
    ['Praise & Worship', 'and', '&'],
    ['Praise&Worship', 'and wor', '&Wor'],
    ['  Hip -- Hop!', 'hop', 'Hop'],
    ['  Hip -- Hop!', 'p h', 'p -- H'],
    ['Adoracio\u0301n', 'cion', 'cio\u0301n'],
    ['Ｐｒａｉｓｅ', 'rai', 'ｒａｉ'],
    ['Æther', 'ae', 'Æ'],
    ['🙏🏽 Gebet', '🙏', '🙏🏽'],
    ['🎄 Christmas', 'chri', 'Chri'],
    ['ﷺ', 'الله', 'ﷺ'],
    ['か\u3099き', 'が', 'か\u3099'],
    ['ﾊﾟﾝ', 'パ', 'ﾊﾟ'],
    ['찬양'.normalize('NFD'), '찬', '찬양'.normalize('NFD')],
    ['𝐏raise', 'pra', '𝐏ra'],
    ['---', '---', '---'],
    ['\ud800abc', 'bc', 'bc'],
  ])('%j, of which %j matched: %j', (name, part, expected) => {
    expect(highlighted(name, part)).toBe(expected)
  })

  test('what is highlighted folds to what matched, or holds it where a character folds to more than one', () => {
    const unit = fc.oneof(
      fc.constantFrom(...'aAzßé&-’ .かきﾊﾟ한ЁйΆ', '\u0301', '\u3099', '\u200b', '🙏🏽', 'ﬁ', '𝐏', '½'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    )
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), fc.nat(), fc.nat(), (name, a, b) => {
        const key = foldName(name)
        if (key === '') return
        const from = a % key.length
        const to = from + 1 + (b % (key.length - from))
        const [start, end] = highlightRange(name, key, from, to)
        expect(start).toBeGreaterThanOrEqual(0)
        expect(end).toBeLessThanOrEqual(name.length)
        expect(start).toBeLessThan(end)
        const part = key
          .slice(from, to)
          .trim()
          .toWellFormed()
          .replace(/^\ufffd+|\ufffd+$/g, '')
        expect(foldName(name.slice(start, end))).toContain(part)
      }),
      { numRuns: 2000 },
    )
  })
})
