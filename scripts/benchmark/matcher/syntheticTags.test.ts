import { describe, expect, test } from 'vitest'
import { foldName } from '../../../src/lib/folding.ts'
import { syntheticTags } from './syntheticTags.ts'
import { vocabulary } from './vocabulary.ts'

describe('syntheticTags', () => {
  const tags = syntheticTags(2000)

  test('are as many as asked for, around the labelled vocabulary, the same every time', () => {
    expect(tags).toHaveLength(2000)
    expect(tags.slice(0, vocabulary.length)).toEqual(vocabulary)
    expect(syntheticTags(2000)).toEqual(tags)
  })

  test('have spellings of their own', () => {
    const keys = tags.flatMap(({ name, synonyms }) => [name, ...synonyms]).map(foldName)
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('are made by people: none is standard, few are used much', () => {
    const made = tags.slice(vocabulary.length)
    expect(made.filter(({ isStandard }) => isStandard)).toEqual([])
    expect(made.filter(({ usage }) => usage > 10).length).toBeLessThan(made.length / 20)
  })
})
