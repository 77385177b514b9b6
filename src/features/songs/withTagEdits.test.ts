import { expect, test } from 'vitest'
import type { ChosenTag, Tag } from '../tags/index.ts'
import type { TagEdit } from './types.ts'
import { withTagEdits } from './withTagEdits.ts'

const tag = (name: string): Tag => ({
  id: name,
  name,
  normalized_name: name.toLowerCase(),
  category: 'theme',
})
const chosen = (name: string, id: string | null = name): ChosenTag => ({ id, name, category: 'theme' })
const add = (...tags: ChosenTag[]): TagEdit => ({ kind: 'add', tags, version: 1 })
const remove = (...tags: ChosenTag[]): TagEdit => ({ kind: 'remove', tags, version: 1 })

function shown(tags: Tag[], ...edits: TagEdit[]) {
  const result = withTagEdits(tags, edits)
  return [result.tags.map(({ name }) => name), [...result.pending]]
}

test('edits under way are shown as if they were done, and additions are pending', () => {
  const edits = [add(chosen('Hope')), remove(chosen('Grace')), add(chosen('My own', null))]
  expect(shown([tag('Grace'), tag('Joy')], ...edits)).toEqual([
    ['Joy', 'Hope', 'My own'],
    ['Hope', 'new my own'],
  ])
})

test('what was added and taken away again is not there', () => {
  expect(shown([], add(chosen('Hope')), remove(chosen('Hope')))[0]).toEqual([])
})

test('an edit that the server has answered already changes nothing', () => {
  const edits = [add(chosen('Grace')), add(chosen('GRACE', null)), remove(chosen('Gone'))]
  expect(shown([tag('Grace')], ...edits)).toEqual([['Grace'], []])
})
