import { expect, test } from 'vitest'
import { catalogTag } from '../../../../../../scripts/testing/catalogTag.ts'
import { nearness } from './nearness.ts'

const pair = (merge: string, keep: string, synonyms: string[] = [], via: string | null = null) => ({
  merge: catalogTag(merge),
  keep: catalogTag(keep, { synonyms }),
  via,
})

test('what differs is said as the plan says it', () => {
  expect(nearness(pair('Thanksgivng', 'Thanksgiving'))).toBe('1 letter')
  expect(nearness(pair('Holyweek', 'Holy Week'))).toBe('other spaces')
  expect(nearness(pair('Psalms', 'Psalm'))).toBe('1 letter')
})

test('a synonym that is near is named', () => {
  expect(nearness(pair('Communion servcie', 'Eucharist', ['Communion service'], 'Communion service'))).toBe(
    '1 letter from its synonym “Communion service”',
  )
})
