import fc from 'fast-check'
import { build } from 'hdr-histogram-js'
import { expect, test } from 'vitest'
import { Sketch } from './sketch.ts'
import { RELATIVE_ERROR } from './sketchCells.ts'

/** Microseconds, as the histogram counts whole numbers: of which a hundred, so that both mean the same rank. */
const hundred = fc.array(fc.integer({ min: 1, max: 60_000_000 }), { minLength: 100, maxLength: 100 })
/** The histogram is off by 0.1% itself. */
const TOLERANCE = RELATIVE_ERROR + 0.001

function histogramOf(values: readonly number[]) {
  const histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: 120_000_000,
    numberOfSignificantValueDigits: 3,
  })
  for (const value of values) histogram.recordValue(value)
  return histogram
}

function sketchOf(values: readonly number[]): Sketch {
  const sketch = new Sketch()
  for (const value of values) sketch.record(value / 1000)
  return sketch
}

test('percentiles are those of a high dynamic range histogram', () => {
  fc.assert(
    fc.property(hundred, (values) => {
      const histogram = histogramOf(values)
      const sketch = sketchOf(values)
      for (const percent of [50, 95, 99, 100]) {
        const theirs = histogram.getValueAtPercentile(percent) / 1000
        const ours = sketch.percentile(percent / 100) ?? 0
        expect(Math.abs(ours - theirs) / theirs).toBeLessThanOrEqual(TOLERANCE)
      }
    }),
  )
})

test('merged, in any order, they are those of all values together', () => {
  fc.assert(
    fc.property(hundred, hundred, (some, others) => {
      const merged = sketchOf(some)
      merged.add(sketchOf(others).cells())
      expect(merged.cells()).toEqual(sketchOf([...others, ...some]).cells())
      expect(merged.count).toBe(200)
      const histogram = histogramOf(some)
      histogram.add(histogramOf(others))
      const theirs = histogram.getValueAtPercentile(95) / 1000
      expect(Math.abs((merged.percentile(0.95) ?? 0) - theirs) / theirs).toBeLessThanOrEqual(TOLERANCE)
    }),
  )
})

test('a weight counts as often as it says, beyond what a small array holds, and in parts', () => {
  const sketch = new Sketch()
  sketch.record(1, 100_000)
  sketch.record(2, 0.5)
  sketch.record(1, 70_000)
  expect(sketch.cells().map(([, count]) => count)).toEqual([170_000, 0.5])
  expect(sketch.count).toBe(170_000.5)
})

test.each([0, -1, Number.NaN, 1e-9, Number.POSITIVE_INFINITY])('%d is counted, too', (value) => {
  const sketch = new Sketch()
  sketch.record(value)
  sketch.record(5)
  expect(sketch.count).toBe(2)
  expect(sketch.cells()).toHaveLength(2)
})

test('of nothing there is no percentile', () => {
  expect(new Sketch().percentile(0.95)).toBeNull()
})

test('response times as people see them take a few hundred bytes', () => {
  const sketch = new Sketch()
  // From 2 to 200 ms, whatever the number of values.
  for (let n = 0; n < 10_000; n += 1) sketch.record(2 * 100 ** (n / 10_000))
  expect(sketch.byteLength).toBeLessThan(600)
})
