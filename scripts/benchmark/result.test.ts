import { describe, expect, test } from 'vitest'
import { judgedAlone, result } from './result.ts'
import { median, percentile, spread } from './statistics.ts'

describe('result', () => {
  test('a figure without a promise neither passes nor fails', () => {
    expect(result({ name: 'a', value: 1.23456, unit: 's' })).toEqual({
      name: 'a',
      value: 1.235,
      unit: 's',
      target: null,
      peer: null,
      peerValue: null,
      ratio: null,
      pass: null,
    })
  })

  test('the value is held against the target before it is rounded', () => {
    const peer = { name: 'b', value: 1 }
    expect(result({ name: 'a', value: 2.00001, unit: 'times', target: 2, peer })).toMatchObject({
      ratio: 2,
      pass: false,
    })
    expect(result({ name: 'a', value: 2, unit: 'times', target: 2, peer }).pass).toBe(true)
  })

  test('there is no ratio to nothing', () => {
    expect(result({ name: 'a', value: 2, unit: 'times', peer: { name: 'b', value: 0 } }).ratio).toBeNull()
  })

  test('where everything is small, only what was promised for any size is judged', () => {
    const [a, b] = [
      result({ name: 'a', value: 2, unit: 's', target: 1 }),
      result({ name: 'b', value: 2, unit: 's', target: 1 }),
    ]
    expect(judgedAlone([a, b], ['b'])).toEqual([{ ...a, target: null, pass: null }, b])
  })
})

describe('statistics', () => {
  test('median, percentiles by nearest rank, spread', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 2, 3])).toBe(2.5)
    expect(percentile([1, 2, 3, 4], 0.5)).toBe(2)
    expect(percentile([1, 2, 3, 4], 0.95)).toBe(4)
    expect(spread([1, 2, 3])).toBe(1)
    expect(() => median([])).toThrow(RangeError)
  })
})
