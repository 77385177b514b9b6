import { expect, it } from 'vitest'
import { displayWidth, pad, truncate } from './displayWidth.ts'

it.each([
  ['', 0],
  ['Praise', 6],
  ['é', 1],
  ['e\u0301', 1],
  ['讃美歌', 6],
  ['찬양', 4],
  ['ｆｕｌｌ', 8],
  ['🙏', 2],
  ['👩‍👧‍👦', 2],
  ['🇩🇪', 2],
  ['❤️', 2],
  ['♥', 1],
  ['\u2068שבח\u2069', 3],
  ['\u001b[31mred\u001b[39m', 3],
  ['…', 1],
])('%j takes %i cells', (text, cells) => {
  expect(displayWidth(text)).toBe(cells)
})

it('truncates between characters as people see them, to the cell', () => {
  expect(truncate('Thanksgiving', 12, '…')).toBe('Thanksgiving')
  expect(truncate('Thanksgiving', 7, '…')).toBe('Thanks…')
  expect(truncate('讃美歌集', 6, '…')).toBe('讃美…')
  expect(truncate('👩‍👧👩‍👧👩‍👧', 5, '…')).toBe('👩‍👧👩‍👧…')
  expect(truncate('a long text', 8, '...')).toBe('a lon...')
  expect(truncate('two words', 5, '…')).toBe('two…')
  expect(truncate('Praise', 1, '...')).toBe('.')
})

it('pads by cells', () => {
  expect(pad('讃', 4)).toBe('讃  ')
  expect(pad('12', 4, 'right')).toBe('  12')
  expect(pad('longer', 4)).toBe('longer')
})
