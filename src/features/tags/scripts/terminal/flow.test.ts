import { expect, it } from 'vitest'
import { flow, paragraph } from './flow.ts'

it('puts facts side by side and breaks between them', () => {
  const facts = ['312 themes → 94 tags', '71 known, 23 new', '5 to review']
  expect(flow('Plan', facts, 80)).toEqual(['Plan      312 themes → 94 tags   71 known, 23 new   5 to review'])
  expect(flow('Plan', facts, 40)).toEqual([
    'Plan      312 themes → 94 tags',
    '          71 known, 23 new   5 to review',
  ])
})

it('breaks sentences between words, and shows what does not fit whole', () => {
  expect(paragraph('  Disk  ', 'about 12 MB more, an estimate', 24)).toEqual([
    '  Disk  about 12 MB',
    '        more, an',
    '        estimate',
  ])
  expect(paragraph('', 'unbreakable words', 4)).toEqual(['unbreakable', 'words'])
})
