import { expect, test } from 'vitest'
import { songFormSchema } from './songFormSchema.ts'

const whole = { title: 'Grace', artist: '', lyrics: '', tags: [], tagText: '' }

test.each([
  ['a whole form', {}, null],
  ['a blank title', { title: ' ' }, 'Give the song a title.'],
  ['a long title', { title: 'x'.repeat(301) }, 'A title has 300 letters at most.'],
  ['a long artist', { artist: 'x'.repeat(301) }, 'An artist’s name has 300 letters at most.'],
  ['a book', { lyrics: 'x'.repeat(100_001) }, 'Lyrics have 100,000 letters at most.'],
  ['half a tag', { tagText: ' Lam' }, 'Choose a tag for “Lam”, or empty the field.'],
])('%s', (_what, part, problem) => {
  const result = songFormSchema.safeParse({ ...whole, ...part })
  expect(result.error?.issues[0]?.message ?? null).toBe(problem)
})
