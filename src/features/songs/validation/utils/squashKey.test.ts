import { describe, expect, test } from 'vitest'
import { singular, squashKey } from './squashKey.ts'

describe('squashKey', () => {
  test.each([
    ['hip-hop', 'Hip Hop', 'hiphop', 'hip–hop', 'hip — hop', 'HIP_HOP'],
    ['Hymn', 'hymns', 'HYMN ', 'Hymns!'],
    ['Good News', 'good-news', 'GoodNews'],
    ['God’s Love', 'Gods love', "God's  Love"],
    ['Church', 'churches'],
    ['Mercy', 'mercies'],
    ['Alleluia', 'Alleluias'],
    ['oldie', 'Oldies'],
  ])('is one for %j, %j and their like', (...names) => {
    expect(new Set(names.map(squashKey)).size).toBe(1)
  })

  test.each([
    ['Psalm 11:9', 'Psalm 119'],
    ['new', 'news'],
    ['gracia', 'gracias'],
    ['Christma', 'Christmas'],
    ['blue', 'bluess'],
    ['pas', 'pass'],
    ['80s', '80'],
    ['Mission', 'Missions 2'],
  ])('keeps %j apart from %j', (a, b) => {
    expect(squashKey(a)).not.toBe(squashKey(b))
  })
})

describe('singular', () => {
  test.each([
    ['psalms', 'psalm'],
    ['praises', 'praise'],
    ['mercies', 'mercy'],
    ['blessings', 'blessing'],
    ['churches', 'church'],
    ['crosses', 'cross'],
    ['heroes', 'hero'],
    ['movies', 'movie'],
    ['ideas', 'idea'],
  ])('of %j is %j', (plural, expected) => {
    expect(singular(plural)).toBe(expected)
  })

  test.each([
    'jesus',
    'cross',
    'christmas',
    'genesis',
    'news',
    'moses',
    'elias',
    'thanks',
    'yes',
    'los',
    '90s',
    'дас',
  ])('leaves %j alone', (word) => {
    expect(singular(word)).toBe(word)
  })
})
