import { expect, test } from 'vitest'
import { csvLine } from './csvLine.ts'

test('cells are parted by commas, and quoted where they hold what parts them', () => {
  expect(csvLine(['Grace', 12, 'a, b', 'she said "yes"', 'two\nlines'])).toBe(
    'Grace,12,"a, b","she said ""yes""","two\nlines"\r\n',
  )
})

test.each([
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '  =HYPERLINK("http://evil.example")',
  '\u00a0=1',
  '＝1+1',
])('%j is text for a spreadsheet', (text) => {
  const line = csvLine([text])
  expect(line.startsWith('"\'')).toBe(true)
  expect(line.trimEnd().replaceAll('""', '"')).toBe(`"'${text}"`)
})

test('a number below zero stays a number', () => {
  expect(csvLine([-3])).toBe('-3\r\n')
})
