import { expect, test } from 'vitest'
import type { ModerationEntry } from '../../../services/moderationEntry.ts'
import { deedWords } from './deedWords.ts'

const words = (
  action: string,
  details: ModerationEntry['details'] = {},
  more: Partial<ModerationEntry> = {},
) => deedWords({ action, tagName: 'Xmas', otherName: 'Christmas', details, ...more } as ModerationEntry)

test('each deed is said in a sentence of its own', () => {
  expect(
    ['ban', 'unban', 'promote', 'demote', 'keep apart', 'ask again', 'something new'].map((one) =>
      words(one),
    ),
  ).toEqual([
    'Banned “Xmas”',
    'Lifted the ban on “Xmas”',
    'Made “Xmas” a standard tag',
    'Made “Xmas” a custom tag',
    'Noted that “Xmas” and “Christmas” are not the same',
    'Took back that “Xmas” and “Christmas” are not the same',
    'something new “Xmas”',
  ])
})

test('merges say how many songs changed, where that was counted', () => {
  expect(words('merge', { songs: 37 })).toBe('Merged “Xmas” into “Christmas”, 37 songs')
  expect(words('merge')).toBe('Merged “Xmas” into “Christmas”')
  expect(words('unmerge', { songs: 1 })).toBe('Took “Xmas” out of “Christmas” again, 1 song')
})

test('what is gone has no name, before or after', () => {
  expect(words('merge', {}, { otherName: null })).toBe('Merged “Xmas” into a tag that is gone')
  expect(words('rename', { was: 'X-mas' })).toBe('Renamed “X-mas” to “Xmas”')
  expect(words('rename')).toBe('Renamed a tag that is gone to “Xmas”')
})

test('an edit names all that it changed, and how it was', () => {
  expect(
    words('edit', {
      was: { name: 'X-mas', category: 'theme', colour: null },
      now: {
        name: 'Xmas',
        category: 'occasion',
        colour: '#224466',
        needsReview: false,
        addedSynonyms: ['Noel', 'Yule'],
        removedSynonyms: ['X-mas'],
      },
    }),
  ).toBe(
    'Changed “Xmas”: named “X-mas” before; category theme → occasion; colour none → #224466; reviewed; synonym “Noel”, “Yule” added; synonym “X-mas” removed',
  )
  expect(words('edit', { was: { colour: '#224466' }, now: { colour: null, needsReview: true } })).toBe(
    'Changed “Xmas”: colour #224466 → none; to be reviewed',
  )
})
