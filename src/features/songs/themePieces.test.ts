import { expect, test } from 'vitest'
import { themePieces } from './themePieces.ts'

function shown(raw: string): string {
  return themePieces(raw)
    .map((piece) => (piece.kind === 'text' ? piece.text : `[${piece.name}]`))
    .join('')
}

test.each([
  ['Grace', 'Grace'],
  ['Grace and Mercy', 'Grace and Mercy'],
  [' Grace ', '[space]Grace[space]'],
  ['Grace  Mercy', 'Grace[space][space]Mercy'],
  ['   ', '[space][space][space]'],
  ['', ''],
  ['a\tb\nc', 'a[tab]b[line break]c'],
  ['pay\u202eevil', 'pay[U+202E]evil'],
  ['soft\u00adhyphen\u200b', 'soft[U+00AD]hyphen[U+200B]'],
  ['no\u00a0break', 'no[no-break space]break'],
  ['👨‍👩‍👧 family', '👨‍👩‍👧 family'],
  ['می‌خواهم', 'می‌خواهم'],
])('%j is shown as %j', (raw, expected) => {
  expect(shown(raw)).toBe(expected)
})
