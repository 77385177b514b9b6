import { describe, expect, it } from 'vitest'
import { SeededRandom } from './seededRandom.ts'

const draw = (name: string, count: number) => {
  const random = new SeededRandom(name)
  return Array.from({ length: count }, () => random.uint32())
}

describe('SeededRandom', () => {
  it('gives the same numbers for the same name, on every machine', () => {
    expect(draw('1/song/7', 4)).toEqual(draw('1/song/7', 4))
    expect(draw('psalm', 3)).toMatchInlineSnapshot(`
      [
        1956663014,
        2026859442,
        1717601769,
      ]
    `)
  })

  it('gives other numbers for a neighbouring name', () => {
    const first = new Set(draw('1/song/7', 1000))
    expect(draw('1/song/8', 1000).filter((number) => first.has(number))).toEqual([])
  })

  it('spreads evenly', () => {
    const random = new SeededRandom('spread')
    const buckets = Array<number>(10).fill(0)
    for (let index = 0; index < 100_000; index += 1) {
      const bucket = random.below(10)
      buckets[bucket] = (buckets[bucket] ?? 0) + 1
    }
    expect(Math.min(...buckets)).toBeGreaterThan(9_500)
    expect(Math.max(...buckets)).toBeLessThan(10_500)
  })

  it('draws by weight, and never what has none', () => {
    const random = new SeededRandom('weights')
    const drawn = Array.from({ length: 10_000 }, () =>
      random.pickWeighted([
        ['often', 9],
        ['seldom', 1],
        ['never', 0],
      ]),
    )
    expect(drawn.filter((item) => item === 'seldom').length / drawn.length).toBeCloseTo(0.1, 1)
    expect(drawn).not.toContain('never')
  })

  it('refuses to pick from nothing', () => {
    const random = new SeededRandom('nothing')
    expect(() => random.pick([])).toThrow(RangeError)
    expect(() => random.pickWeighted([])).toThrow(RangeError)
  })

  it('makes UUIDs of version 4 that do not repeat', () => {
    const random = new SeededRandom('uuids')
    const ids = Array.from({ length: 1000 }, () => random.uuid())
    expect(new Set(ids).size).toBe(1000)
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})
