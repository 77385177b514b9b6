import { expect, test } from 'vitest'
import { guessCategory } from './guessCategory.ts'

test.each([
  ['palm sunday', 'occasion', 'a standard tag'],
  ['Founders’ Sunday', 'occasion', 'category by the word “sunday”'],
  ['Missa Brevis Mass', 'liturgical', 'category by the word “mass”'],
  ['Psalm 42:1', 'liturgical', 'a psalm by its number'],
  ['Slow Tempo Mood', 'mood', 'category by the word “mood”'],
  ['Swung', 'theme', 'category assumed'],
  ['Tempo', 'theme', 'category assumed'],
  ['the constructor', 'theme', 'category assumed'],
])('%s is %s: %s', (name, category, reason) => {
  expect(guessCategory(name)).toEqual({ category, reason })
})
