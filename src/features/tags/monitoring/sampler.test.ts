import { expect, test } from 'vitest'
import { SeededRandom } from '../../../../scripts/seed/seededRandom.ts'
import { Sampler } from './sampler.ts'

function chosen(oneIn: number, calls: number): number[] {
  const random = new SeededRandom('sampler')
  const sampler = new Sampler(oneIn, () => random.float())
  return Array.from({ length: calls }, (_, n) => n).filter(() => sampler.chooses())
}

test('one in one is all', () => {
  expect(chosen(1, 5)).toEqual([0, 1, 2, 3, 4])
})

test.each([2, 8, 64])('one in %d leaves counts unbiased', (oneIn) => {
  const calls = 400_000
  const estimate = chosen(oneIn, calls).length * oneIn
  // Four standard deviations of what chance may do.
  const deviation = Math.sqrt(calls * (oneIn - 1))
  expect(Math.abs(estimate - calls)).toBeLessThan(4 * deviation)
})

test('what repeats in the rhythm of the sampling is seen as often as anything', () => {
  const all = chosen(8, 400_000)
  const inRhythm = all.filter((n) => n % 8 === 0).length
  expect(inRhythm / all.length).toBeGreaterThan(0.115)
  expect(inRhythm / all.length).toBeLessThan(0.135)
})
