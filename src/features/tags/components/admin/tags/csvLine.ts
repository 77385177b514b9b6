/** What a spreadsheet takes for a formula, and would run (OWASP: CSV injection); also behind white space. */
const FORMULA = /^\s*[=+\-@\t\r＝＋－＠]/

/** A line of a CSV file (RFC 4180). Text that a spreadsheet would run is defused by an apostrophe in front of it. */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: string | number): string {
  if (typeof cell === 'number') return String(cell)
  const text = FORMULA.test(cell) ? `'${cell}` : cell
  return /[",\r\n;']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
