/** What a chart shows, as a table: for whoever reads it so, and for a file. */
export interface Figures {
  columns: readonly string[]
  rows: readonly (readonly (string | number | null)[])[]
}

/**
 * RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe before it: what people searched for is
 * among the texts.
 */
export function toCsv({ columns, rows }: Figures): string {
  return [columns, ...rows].map((row) => `${row.map(cellOf).join(',')}\r\n`).join('')
}

function cellOf(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[\s]*[=+\-@|%\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
