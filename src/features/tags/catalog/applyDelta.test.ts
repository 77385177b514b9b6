import { expect, test } from 'vitest'
import { applyDelta } from './applyDelta.ts'
import type { CatalogSnapshot, CatalogTag } from './types.ts'

const tag = (id: string, name = id): CatalogTag => ({
  id,
  name,
  category: 'theme',
  colour: null,
  isStandard: false,
  usage: 0,
  synonyms: [],
})
const before: CatalogSnapshot = { version: '1', tags: [tag('b'), tag('d'), tag('f')] }
const delta = {
  version: '2',
  changed: [tag('a'), tag('d', 'renamed'), tag('e')],
  gone: [
    { id: 'b', into: 'd' },
    { id: 'never seen', into: null },
  ],
}

test('what has changed replaces, what is new is added, what is gone goes; in the order of ids', () => {
  expect(applyDelta(before, delta)).toEqual({
    version: '2',
    tags: [tag('a'), tag('d', 'renamed'), tag('e'), tag('f')],
  })
})

test('told twice it is as told once, and the snapshot before stays as it was', () => {
  const once = applyDelta(before, delta)
  expect(applyDelta(once, delta)).toEqual(once)
  expect(before).toEqual({ version: '1', tags: [tag('b'), tag('d'), tag('f')] })
})

test('tags that did not change are the same objects', () => {
  expect(applyDelta(before, delta).tags.at(-1)).toBe(before.tags.at(-1))
})
