import { expect, test } from 'vitest'
import { fuse, ours, peers } from './contenders.ts'
import { labels } from './labels.ts'
import { measureQuality } from './measureQuality.ts'
import { vocabulary } from './vocabulary.ts'

test('what is expected and not found is missed, what is found and not acceptable is false', () => {
  const [praise] = labels.filter(({ query }) => query === 'oraise')
  const found = (...names: string[]) => {
    const tags = names.flatMap((name) => vocabulary.filter((tag) => tag.name === name))
    return measureQuality(praise ? [praise] : [], () => tags).get('all')
  }
  expect(found('Praise')).toEqual({ missed: 0, falseOnes: 0 })
  expect(found()).toEqual({ missed: 1, falseOnes: 0 })
  expect(found('Easter', 'Organ', 'Praise')).toEqual({ missed: 0, falseOnes: 2 })
  expect(found('Easter', 'Organ', 'Lent', 'Advent', 'Choir', 'Praise')?.missed).toBe(1)
})

test.each([ours, ...peers, fuse])(
  '$name finds names, synonyms and accents in the vocabulary',
  ({ build }) => {
    const search = build(vocabulary)
    for (const [query, name] of [
      ['worship', 'Worship'],
      ['xmas', 'Christmas'],
      ['careme', 'Lent'],
      ['рождество', 'Рождество'],
    ] as const) {
      expect(search(query).map((tag) => tag.name)).toContain(name)
    }
  },
)

test('the matcher misses no more of the vocabulary than Fuse, and suggests less that is false', () => {
  const our = measureQuality(labels, ours.build(vocabulary)).get('all')
  const oracle = measureQuality(labels, fuse.build(vocabulary)).get('all')
  expect(our?.missed).toBeLessThanOrEqual(oracle?.missed ?? 0)
  expect(our?.falseOnes).toBeLessThan(oracle?.falseOnes ?? 0)
})
