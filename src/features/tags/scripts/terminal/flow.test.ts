import { expect, it } from 'vitest'
import { flow, nextSteps, paragraph, sentences } from './flow.ts'

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

it('breaks no command, which could not be copied then', () => {
  const text = 'There is none yet. Make one with: npm run migrate -- --dry-run --save-plan FILE (or ask).'
  expect(sentences(text, 40)).toEqual([
    'There is none yet. Make one with:',
    'npm run migrate -- --dry-run --save-plan FILE',
    '(or ask).',
  ])
  expect(sentences(text, 100)).toEqual([text])
})

it('puts next steps side by side where they fit, and each on a line of its own where not', () => {
  expect(nextSteps(['Go on with: a', 'Undo with: b'], 40)).toEqual(['Go on with: a      Undo with: b'])
  expect(nextSteps(['Go on with: a', 'Undo with: b'], 30)).toEqual(['Go on with: a', 'Undo with: b'])
})
