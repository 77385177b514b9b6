import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeText, isolated } from './escapeText.ts'

describe('escapeText', () => {
  it.each([
    ['Praise', 'Praise'],
    ['A\u001b[31mB\u001b]0;title\u0007', 'A\\u001b[31mB\\u001b]0;title\\u0007'],
    ['two\nlines\r\tand tab', 'two\\nlines\\r\\tand tab'],
    ['back\\n', 'back\\\\n'],
    ['\u202egod', '\\u202egod'],
    ['\u2066x\u2069', '\\u2066x\\u2069'],
    ['ze\u200bro\ufeff\u00ad', 'ze\\u200bro\\ufeff\\u00ad'],
    ['\u009b31m', '\\u009b31m'],
    ['line\u2028break', 'line\\u2028break'],
    ['\u00a0pad\u3000', '\\u00a0pad\\u3000'],
    ['\u{e0041}tag', '\\u{e0041}tag'],
    ['half \ud800 pair', 'half \\ud800 pair'],
    ['\u200djoiner \u200d alone\u200c', '\\u200djoiner \\u200d alone\\u200c'],
    ['👩‍👧 می‌خواهم é é 讃美 ❤️', '👩‍👧 می‌خواهم é é 讃美 ❤️'],
  ])('shows %j as %j', (text, shown) => {
    expect(escapeText(text)).toBe(shown)
  })

  it('keeps to ASCII when told to', () => {
    expect(escapeText('Señor 讃 🙏', { asciiOnly: true })).toBe('Se\\u00f1or \\u8b83 \\u{1f64f}')
  })

  it('never lets through what a terminal obeys, on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = escapeText(text)
        expect(shown).not.toMatch(/[\p{Cc}\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u)
        expect(escapeText(text, { asciiOnly: true })).toMatch(/^[ -~]*$/)
      }),
    )
  })

  it('gives different texts different appearances', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(escapeText(a) === escapeText(b)).toBe(a === b)
      }),
    )
  })
})

it('isolates what runs from right to left, and nothing else', () => {
  expect(isolated('שבח')).toBe('\u2068שבח\u2069')
  expect(isolated('تسبيح!')).toBe('\u2068تسبيح!\u2069')
  expect(isolated('Praise')).toBe('Praise')
})
