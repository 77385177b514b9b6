import type { BenchmarkResult } from './result.ts'

const HEADINGS = ['figure', 'value', 'target', 'peer', 'ratio', '']

/** The results as rows of text: name, value, target, peer, ratio, verdict. */
export function tableRows(results: readonly BenchmarkResult[]): string[][] {
  return results.map(({ name, value, unit, target, peer, peerValue, ratio, pass, spread }) => [
    name,
    `${value.toLocaleString('en', { maximumSignificantDigits: 4 })} ${unit}${spread === undefined ? '' : `, spread ${Math.round(spread * 100)}%`}`,
    target === null ? '' : `≤ ${target.toLocaleString('en', { maximumSignificantDigits: 3 })}`,
    peer === null || peerValue === null
      ? ''
      : `${peer}: ${peerValue.toLocaleString('en', { maximumSignificantDigits: 4 })}`,
    ratio === null ? '' : ratio.toFixed(2),
    pass === null ? '' : pass ? 'pass' : 'FAIL',
  ])
}

/** Columns aligned for a terminal. */
export function textTable(results: readonly BenchmarkResult[]): string {
  const rows = [HEADINGS, ...tableRows(results)]
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

export function markdownTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  return [headings, headings.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}
