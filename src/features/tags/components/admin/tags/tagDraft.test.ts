import { describe, expect, test } from 'vitest'
import { changesOf, rebase, type TagDraft } from './tagDraft.ts'

const tag: TagDraft = {
  name: 'Christmas',
  category: 'occasion',
  colour: null,
  needsReview: true,
  synonyms: ['Xmas', 'Noel'],
}

describe('changes', () => {
  test('are none when nothing differs', () => {
    expect(changesOf(tag, { ...tag, name: ' Christmas ', synonyms: ['Noel', 'Xmas'] })).toBeNull()
  })

  test('are only what differs', () => {
    expect(changesOf(tag, { ...tag, colour: '#aa0000', synonyms: ['Noel', 'Yule'] })).toEqual({
      colour: '#aa0000',
      addSynonyms: ['Yule'],
      removeSynonyms: ['Xmas'],
    })
  })
})

test('what one person changes and what another has changed meanwhile are both kept', () => {
  const mine: TagDraft = { ...tag, needsReview: false, synonyms: ['Xmas', 'Noel', 'Yule'] }
  const theirs: TagDraft = { ...tag, name: 'Christmastide', synonyms: ['Noel', 'Christmas'] }
  expect(rebase(mine, tag, theirs)).toEqual({
    name: 'Christmastide',
    category: 'occasion',
    colour: null,
    needsReview: false,
    synonyms: ['Noel', 'Christmas', 'Yule'],
  })
})

test('where both have changed the same, the field keeps what was written in it', () => {
  expect(rebase({ ...tag, name: 'Mine' }, tag, { ...tag, name: 'Theirs' }).name).toBe('Mine')
})
