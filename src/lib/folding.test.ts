import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldName, isBlankName } from './folding.ts'

describe('foldName', () => {
  test.each([
    ['  Praise   &\tWorship ', 'praise and worship'],
    ['PRAISE', 'praise'],
    ['God’s  love', 'gods love'],
    ["God's love", 'gods love'],
    ['God´s love', 'gods love'],
    ['hip-hop', 'hip hop'],
    ['hip–hop', 'hip hop'],
    ['hip — hop', 'hip hop'],
    ['hip_hop', 'hip hop'],
    ['Adoración', 'adoracion'],
    ['Adoracio\u0301n', 'adoracion'],
    ['Straße', 'strasse'],
    ['Æther Øyvind Łódź', 'aether oyvind lodz'],
    ['İstanbul ılık', 'istanbul ilik'],
    ['Ｐｒａｉｓｅ', 'praise'],
    ['ΔΌΞΑ', 'δοξα'],
    ['Всё', 'все'],
    ['שָׁלוֹם', 'שלום'],
    ['سَلَامٌ', 'سلام'],
    ['أمل', 'امل'],
    ['مزمور ٢٣', 'مزمور 23'],
    ['Psalm 11:9', 'psalm 11 9'],
    ['Psalm 11.9', 'psalm 11 9'],
    ['soft\u00adhyphen\u200b', 'softhyphen'],
    ['a\u00a0b\u3000c', 'a b c'],
    ['🙏🏽', '🙏'],
    ['❤️', '❤'],
  ])('folds %j to %j', (text, key) => {
    expect(foldName(text)).toBe(key)
  })

  test.each([
    ['स्तुति', 'सतत'],
    ['ใจ', 'จ'],
    ['が', 'か'],
    ['ぱ', 'は'],
    ['한', '하'],
    ['мой', 'мои'],
    ['C++', 'C'],
    ['#1', '1'],
    ['<3', '3'],
    ['♥', '★'],
    ['---', '***'],
    ['🎄', '🎅'],
    ['Psalm 11.9', 'Psalm 119'],
    ['\u{1fabf}', '\u{1fae8}'],
  ])('keeps %j apart from %j', (a, b) => {
    expect(foldName(a)).not.toBe(foldName(b))
    expect(foldName(a)).not.toBe('')
  })

  test('puts decomposed kana and Hangul together again', () => {
    expect(foldName('か\u3099')).toBe('が')
    expect(foldName('한'.normalize('NFD'))).toBe('한')
    expect(foldName('か\u200b\u3099')).toBe('が')
  })

  test('is empty for blank names only', () => {
    for (const blank of ['', ' ', '\t\n', '\u200b\u200e', '\ufeff \u00a0', '\u2800'])
      expect(foldName(blank)).toBe('')
    expect(foldName(' - - ')).toBe('- -')
    expect(foldName('—')).toBe('—')
    expect(foldName('"!"')).toBe('"!"')
    expect(foldName('\u0301')).toBe('\u0301')
  })

  test('takes lone surrogates and NUL for U+FFFD', () => {
    expect(foldName('A\ud800b')).toBe('a\ufffdb')
    expect(foldName('A\0b')).toBe('a\ufffdb')
    expect(foldName('\udc00')).toBe('\ufffd')
  })

  test('is idempotent, whatever the text', () => {
    const units = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary-ascii' }),
    )
    fc.assert(
      fc.property(units, (text) => foldName(foldName(text)) === foldName(text)),
      { numRuns: 3000 },
    )
  })

  describe('folds unit by unit what it would fold together', () => {
    // It goes before any folding without a trace, and is not among the units that are folded on their own.
    const together = (text: string) => foldName(`${text}\u200b`)

    test('each unit, in the midst of others', () => {
      const others: string[] = []
      for (let unit = 0; unit <= 0xffff; unit++) {
        const character = String.fromCharCode(unit)
        for (const text of [character, `a${character} b`, `か ${character}${character}`]) {
          if (foldName(text) !== together(text)) others.push(`${unit.toString(16)}: ${text}`)
        }
      }
      expect(others).toEqual([])
    })

    test('any of the letters that names are made of', () => {
      const unit = fc
        .oneof(
          fc.integer({ min: 0x20, max: 0x52f }),
          fc.integer({ min: 0x1e00, max: 0x1fff }),
          fc.integer({ min: 0x2010, max: 0x2027 }),
          fc.integer({ min: 0x3041, max: 0x30ff }),
        )
        .map((code) => String.fromCharCode(code))
      fc.assert(
        fc.property(fc.string({ unit, maxLength: 8 }), (text) => foldName(text) === together(text)),
        { numRuns: 5000 },
      )
    })
  })

  test('does not depend on the normalization form, case or padding', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        // A blank name keeps its characters, and a lone Greek accent composes to a quotation mark.
        fc.pre(!isBlankName(text))
        const key = foldName(text)
        expect(foldName(text.normalize('NFD'))).toBe(key)
        expect(foldName(text.normalize('NFC'))).toBe(key)
        expect(foldName(`\u00a0${text}\t`)).toBe(key)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('isBlankName', () => {
  test.each(['', ' \u200b', '---', '***', '–', '...', '(?!)', '“”', '\u0301'])(
    'finds no theme in %j',
    (text) => {
      expect(isBlankName(text)).toBe(true)
    },
  )

  test.each(['a', '7', '<3', '♥', '#', '+', '&', '愛', '\u{1fabf}'])('finds one in %j', (text) => {
    expect(isBlankName(text)).toBe(false)
  })
})
