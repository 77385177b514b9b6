import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellOf, FIRST_CELL, LAST_CELL, percentileOf, RELATIVE_ERROR, valueOfCell } from './sketchCells.ts'

/** Beside the error, what a computer's logarithm is off by at the border of a cell. */
const TOLERANCE = RELATIVE_ERROR + 1e-9

test('what stands for a value is within the relative error of it', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.0011, max: 590_000, noNaN: true }), (value) => {
      expect(Math.abs(valueOfCell(cellOf(value)) - value) / value).toBeLessThanOrEqual(TOLERANCE)
    }),
  )
})

test.each([
  [0, FIRST_CELL],
  [-5, FIRST_CELL],
  [Number.NaN, FIRST_CELL],
  [0.000_000_1, FIRST_CELL],
  [Number.POSITIVE_INFINITY, LAST_CELL],
  [1e12, LAST_CELL],
])('%d is counted in cell %d', (value, cell) => {
  expect(cellOf(value)).toBe(cell)
})

test('percentiles of any values, in any order, are those of the values themselves within the error', () => {
  const values = fc.array(fc.double({ min: 0.01, max: 100_000, noNaN: true }), { minLength: 1 })
  fc.assert(
    fc.property(values, fc.constantFrom(0.5, 0.95, 0.99), (all, share) => {
      const exact = all.toSorted((a, b) => a - b)[Math.ceil(share * all.length) - 1] ?? 0
      const found =
        percentileOf(
          all.map((value) => [cellOf(value), 1]),
          share,
        ) ?? 0
      expect(Math.abs(found - exact) / exact).toBeLessThanOrEqual(TOLERANCE)
    }),
  )
})

test('of nothing there is no percentile', () => {
  expect(percentileOf([], 0.95)).toBeNull()
  expect(percentileOf([[3, 0]], 0.95)).toBeNull()
})
