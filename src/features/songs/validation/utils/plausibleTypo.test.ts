import { describe, expect, test } from 'vitest'
import { typoDistance } from './plausibleTypo.ts'

describe('typoDistance', () => {
  test.each([
    ['thanksgivng', 'thanksgiving', 1],
    ['forgivenss', 'forgiveness', 1],
    ['resurectoin', 'resurrection', 2],
    ['joyfull', 'joyful', 1],
    ['worshop', 'worship', 1],
    ['sanktification', 'sanctification', 1],
    ['eucjarist', 'eucharist', 1],
    ['eucgarist', 'eucharist', 1],
  ])('%s is %s, %d letters off', (written, meant, letters) => {
    expect(typoDistance(written, meant)).toBe(letters)
    expect(typoDistance(meant, written)).toBe(letters)
  })

  test.each([
    ['lent', 'lend', 'too short'],
    ['praise', 'prase', 'too short on one side'],
    ['praise', 'praise', 'the same'],
    ['easter', 'master', 'another first letter'],
    ['italia', 'italian', 'one more letter at the end'],
    ['baptism', 'baptist', 'another last letter'],
    ['confirmed', 'confirmand', 'another ending'],
    ['manchester', 'madchester', 'letters that are not confused'],
    ['garbage', 'garage', 'a consonant in a short word'],
    ['warship', 'worship', 'known look-alikes'],
    ['thanksgivng', 'thanksgivanggg', 'too far'],
    ['résurrection', 'resurrection', 'not folded'],
    ['воскресение', 'воскресенье', 'not Latin'],
    ['psalm119a', 'psalm118a', 'numbers'],
  ])('%s and %s are two words: %s', (a, b) => {
    expect(typoDistance(a, b)).toBeNull()
    expect(typoDistance(b, a)).toBeNull()
  })

  test('strict allows one edit, and no missing consonant', () => {
    expect(typoDistance('contemporray', 'contemporary', true)).toBe(1)
    expect(typoDistance('comtemporray', 'contemporary', true)).toBeNull()
    expect(typoDistance('contemporay', 'contemporary')).toBe(1)
    expect(typoDistance('contemporay', 'contemporary', true)).toBeNull()
  })
})
