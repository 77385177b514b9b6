import { writeFile } from 'node:fs/promises'
import type { Machine } from './machine.ts'
import type { BenchmarkResult } from './result.ts'
import { markdownTable, tableRows } from './table.ts'

/** Everything that was measured in one run of the command. */
export interface BenchmarkReport {
  /** The command that gives the same. */
  command: string
  machine: Machine | undefined
  results: readonly BenchmarkResult[]
  /** Benchmarks that ended with an error, and with which. */
  failed: Readonly<Record<string, string>>
}

/** Writes it as FILE.json for programs and FILE.md for people. @param file without its ending */
export async function writeReport(file: string, report: BenchmarkReport): Promise<void> {
  await writeFile(`${file}.json`, `${JSON.stringify(report, null, 2)}\n`)
  await writeFile(`${file}.md`, markdownReport(report))
}

function markdownReport({ command, machine, results, failed }: BenchmarkReport): string {
  const kept = results.filter(({ pass }) => pass === true).length
  const asked = results.filter(({ pass }) => pass !== null).length
  return [
    '# Benchmarks',
    '',
    `\`${command}\`: ${kept} of ${asked} promises kept.`,
    '',
    ...(machine
      ? [
          `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGigabytes} GB, ${machine.os}; Node ${machine.node}, PostgreSQL ${machine.postgres}.`,
          '',
        ]
      : []),
    markdownTable(['figure', 'value', 'target', 'peer', 'ratio', ''], tableRows(results)),
    '',
    ...Object.entries(failed).map(([name, message]) => `- \`${name}\` failed: ${message}`),
  ].join('\n')
}
