import { expect, test } from 'vitest'
import { EditRate } from './editRate.ts'

let now = 0
const rateOf = (...looks: [at: number, count: number][]) => {
  const rate = new EditRate(() => now)
  for (const [at, count] of looks) {
    now = at
    rate.look(count)
  }
  return rate
}

test('what was counted before anybody looked is no edit of now', () => {
  expect(rateOf([0, 1000]).isHigh).toBe(false)
  expect(rateOf([0, 1000], [100, 1000]).isHigh).toBe(false)
})

test('a few edits are not many, a few more are', () => {
  expect(rateOf([0, 1000], [100, 1004]).isHigh).toBe(false)
  expect(rateOf([0, 1000], [100, 1002], [200, 1002], [300, 1005]).isHigh).toBe(true)
})

test('edits count for five seconds after they were seen', () => {
  const rate = rateOf([0, 0], [1000, 3], [3000, 6])
  now = 6000
  expect(rate.isHigh).toBe(true)
  now = 6001
  expect(rate.isHigh).toBe(false)
})

test('a server that counts anew has seen no edits', () => {
  expect(rateOf([0, 1000], [100, 3], [200, 6]).isHigh).toBe(false)
  expect(rateOf([0, 1000], [100, 3], [200, 8]).isHigh).toBe(true)
})
