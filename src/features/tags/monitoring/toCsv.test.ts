import { expect, test } from 'vitest'
import { toCsv } from './toCsv.ts'

test('a table is written as every spreadsheet reads it', () => {
  const rows = [
    ['grace, "amazing"', 3],
    ['line\nbreak', null],
    ['plain', -1.5],
  ]
  expect(toCsv({ columns: ['Text', 'Times'], rows })).toBe(
    'Text,Times\r\n"grace, ""amazing""",3\r\n"line\nbreak",\r\nplain,-1.5\r\n',
  )
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =HYPERLINK("x")', '|calc', '%0'])(
  '%j is no formula',
  (text) => {
    expect(toCsv({ columns: [text], rows: [] })).toMatch(/^"?'/)
  },
)
