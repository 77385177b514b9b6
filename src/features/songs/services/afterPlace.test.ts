import { expect, test } from 'vitest'
import { afterPlace } from './afterPlace.ts'

test('a title is quoted, so that its own punctuation ends nothing', () => {
  expect(afterPlace({ title: 'Say "Amen", all (now)\\', id: '7' })).toBe(
    'title.gt."Say \\"Amen\\", all (now)\\\\",and(title.eq."Say \\"Amen\\", all (now)\\\\",id.gt.7)',
  )
})
