import { expect, test } from 'vitest'
import { repeated } from './repeated.ts'
import { result } from './result.ts'

const figure = (value: number, peer: number) =>
  result({ name: 'a.time', value, unit: 'ms', target: 12, peer: { name: 'peer', value: peer } })

test('passes become medians, with how far they lie apart', () => {
  const passes = [[figure(10, 10)], [figure(20, 10)], [figure(12, 4)]]
  expect(repeated(passes)).toEqual([
    expect.objectContaining({ value: 12, peerValue: 10, ratio: 2, pass: true, spread: 10 / 12 }),
  ])
})

test('one pass is left as it is, and what only one has is kept', () => {
  expect(repeated([[figure(10, 10)]])).toEqual([figure(10, 10)])
  const errors = result({ name: 'a.errors', value: 0, unit: 'errors', target: 0 })
  expect(
    repeated([[figure(10, 10)], [figure(14, 10), errors]]).map(({ name, value }) => [name, value]),
  ).toEqual([
    ['a.time', 12],
    ['a.errors', 0],
  ])
})
