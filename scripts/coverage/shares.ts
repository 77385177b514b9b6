import type { FileCoverage } from './fileCoverage.ts'

export interface Share {
  all: number
  run: number
}

export interface Shares {
  lines: Share
  branches: Share
}

/** Lines on which a statement begins, and ways that a branch may go. */
export function sharesOf(files: readonly FileCoverage[]): Shares {
  const lines = files.flatMap((file) => [...hitsByLine(file).values()])
  const branches = files.flatMap((file) => Object.values(file.b).flat())
  return { lines: shareOf(lines), branches: shareOf(branches) }
}

/** Lines that no test ran, or of which it ran only one way. */
export function missedLines(file: FileCoverage): number[] {
  const lines = [...hitsByLine(file)].flatMap(([line, hits]) => (hits === 0 ? [line] : []))
  const branches = Object.entries(file.b).flatMap(([key, arms]) => {
    const branch = file.branchMap[key]
    return branch && arms.includes(0) ? [branch.loc.start.line] : []
  })
  return [...new Set([...lines, ...branches])].sort((a, b) => a - b)
}

function hitsByLine({ statementMap, s }: FileCoverage): Map<number, number> {
  const lines = new Map<number, number>()
  for (const [key, { start }] of Object.entries(statementMap))
    lines.set(start.line, Math.max(lines.get(start.line) ?? 0, s[key] ?? 0))
  return lines
}

function shareOf(hits: readonly number[]): Share {
  return { all: hits.length, run: hits.filter((count) => count > 0).length }
}
