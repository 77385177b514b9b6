import { expect, test } from 'vitest'
import { TagMetrics } from './tagMetrics.ts'

test('what is done again is counted, and taken once', () => {
  const metrics = new TagMetrics()
  metrics.used('1', 'added')
  metrics.used('1', 'added')
  metrics.used('1', 'filtered')
  metrics.searched(' grace ', true)
  metrics.searched('grace', true)
  metrics.searched('grace', false)
  metrics.searched('  ', false)
  expect(metrics.take()).toEqual([
    { metric: 'tags.use', label: 'added', tag: '1', count: 2 },
    { metric: 'tags.use', label: 'filtered', tag: '1', count: 1 },
    { metric: 'songs.search.text', text: 'grace', found: true, count: 2 },
    { metric: 'songs.search.text', text: 'grace', found: false, count: 1 },
  ])
  expect(metrics.take()).toEqual([])
})

test('what nobody takes does not pile up', () => {
  const metrics = new TagMetrics()
  for (let n = 0; n < 1000; n += 1) {
    metrics.used(`tag ${n}`, 'added')
    metrics.searched('w'.repeat(n + 1), true)
  }
  expect(metrics.take()).toHaveLength(400)
})
