import { expect, it } from 'vitest'
import { createStyle } from './style.ts'
import { type Column, tableLines } from './table.ts'

const style = createStyle({ unicode: true, colours: false })
const rows = [
  { theme: 'Thanksgiving and harvest', tag: 'Thanksgiving', songs: '37 songs' },
  { theme: '讃美', tag: 'Praise', songs: '1,203 songs' },
]
const columns: Column<(typeof rows)[number]>[] = [
  { cell: (row, cells) => style.quote(row.theme, cells), narrowest: 10 },
  { cell: (row, cells) => style.name(row.tag, cells), narrowest: 8 },
  { cell: (row) => row.songs, align: 'right' },
]

it('aligns by cells where there is room', () => {
  expect(tableLines(rows, columns, 80)).toEqual([
    '“Thanksgiving and harvest”  Thanksgiving     37 songs',
    '“讃美”                      Praise        1,203 songs',
  ])
})

it('narrows the widest column first', () => {
  expect(tableLines(rows, columns, 40)).toEqual([
    '“Thanksgivi…”  Thanksgiving     37 songs',
    '“讃美”         Praise        1,203 songs',
  ])
})

it('leaves a column out that would be too narrow to read', () => {
  expect(tableLines(rows, columns, 30)).toEqual([
    '“Thanksgiving a…”     37 songs',
    '“讃美”             1,203 songs',
  ])
})
