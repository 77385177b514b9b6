import { describe, expect, test } from 'vitest'
import { foldName, isBlankName } from '../../../../lib/folding.ts'
import { squashKey } from '../utils/squashKey.ts'
import { standardThemes } from './themes.ts'

const spellings = standardThemes.flatMap(({ name, variations }) =>
  [name, ...variations].map((spelling) => ({ theme: name, spelling })),
)

/** The theme that a spelling belongs to. */
function themeOf(spelling: string): string | undefined {
  return spellings.find((known) => foldName(known.spelling) === foldName(spelling))?.theme
}

describe('standardThemes', () => {
  test('has at least 60 themes in four categories and 300 variations', () => {
    expect(standardThemes.length).toBeGreaterThanOrEqual(60)
    expect(spellings.length - standardThemes.length).toBeGreaterThanOrEqual(300)
    const categories = new Set(standardThemes.map(({ category }) => category))
    expect([...categories].sort()).toEqual(['liturgical', 'mood', 'occasion', 'theme'])
  })

  test('has no two names or variations that fold alike', () => {
    const counts = Map.groupBy(spellings, ({ spelling }) => foldName(spelling))
    expect([...counts.values()].filter((alike) => alike.length > 1)).toEqual([])
  })

  test('has no spellings of two themes that group alike', () => {
    const groups = Map.groupBy(spellings, ({ spelling }) => squashKey(spelling))
    const shared = [...groups.values()].filter((group) => new Set(group.map(({ theme }) => theme)).size > 1)
    expect(shared).toEqual([])
  })

  test('fits the database: tidy, at most 50 characters, never blank', () => {
    const unfit = spellings.filter(
      ({ spelling }) =>
        isBlankName(spelling) ||
        Array.from(spelling).length > 50 ||
        spelling !== spelling.normalize('NFC').trim().replace(/\s+/g, ' '),
    )
    expect(unfit).toEqual([])
  })

  test.each([
    ['Advent', 'Christmas'],
    ['Mercy', 'Grace'],
    ['Lent', 'Easter'],
    ['Good Friday', 'Easter'],
    ['Maundy Thursday', 'Good Friday'],
    ['Epiphany', 'Christmas'],
    ['Christmas Eve', 'Christmas'],
    ['Palm Sunday', 'Psalm'],
    ['Praise', 'Worship'],
    ['Adoration', 'Adoption'],
    ['Resurrection', 'Easter'],
    ['Gloria Patri', 'Gloria'],
    ['Thanksgiving', 'Thanksgiving Day'],
    ['Sabbath', "Lord's Day"],
    ['Holy Saturday', 'Easter Vigil'],
    ['All Saints', 'All Souls'],
    ['Second Advent', 'Advent'],
    ['Spiritual Gifts', 'Spirituals'],
  ])('keeps %s apart from %s', (a, b) => {
    expect(themeOf(a)).toBeDefined()
    expect(themeOf(b)).toBeDefined()
    expect(themeOf(a)).not.toBe(themeOf(b))
  })

  test.each([
    ['xmas', 'Christmas'],
    ['Eucharist', 'Communion'],
    ['Whitsun', 'Pentecost'],
    ['Holy Ghost', 'Holy Spirit'],
    ['Hallelujah', 'Alleluia'],
    ['Judgement', 'Judgment'],
    ['Savior', 'Saviour'],
    ['navidad', 'Christmas'],
    ['lords supper', 'Communion'],
  ])('knows %s as %s', (spelling, theme) => {
    expect(themeOf(spelling)).toBe(theme)
  })
})
