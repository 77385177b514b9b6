import { describe, expect, test } from 'vitest'
import { firstName, takeKnown, withoutFirst } from './typedTags.ts'

const known = new Set(['grace', 'hope', '恩典'])
const find = (name: string) => (known.has(name.toLowerCase()) ? name.toLowerCase() : null)

describe('a paste', () => {
  test.each([
    ['Grace, hope; Mercy', ['grace', 'hope'], 'Mercy'],
    ['Grace\nHope\r\nWay', ['grace', 'hope'], 'Way'],
    ['恩典、Way，Joy', ['恩典'], 'Way, Joy'],
    [' , ;', [], ''],
  ])('%j gives tags, and the rest stays', (text, found, rest) => {
    expect(takeKnown(text, 'paste', find)).toEqual({ found, rest })
  })
})

describe('typing', () => {
  test.each([
    ['grace', [], 'grace'],
    ['grace,', ['grace'], ''],
    ['way,', [], 'way, '],
    ['way, gra', [], 'way, gra'],
    ['grace, ho', ['grace'], 'ho'],
  ])('%j leaves what is not at its end', (text, found, rest) => {
    expect(takeKnown(text, 'typing', find)).toEqual({ found, rest })
  })
})

test('the first name is the one that is looked up, and the others wait', () => {
  expect(firstName(' Way of, Joy')).toBe('Way of')
  expect(withoutFirst(' Way of, Joy; Peace')).toBe('Joy, Peace')
  expect(firstName('')).toBe('')
})
