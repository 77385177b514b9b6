import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectRoot } from '../stack/project.ts'
import type { Benchmark, BenchmarkRun } from './benchmark.ts'
import { markdownTable, tableRows } from './table.ts'

const file = join(projectRoot, 'docs/performance.md')

/** Puts the figures of one benchmark, measured with so many songs, into docs/performance.md, with the command that gave them. */
export async function writeDocs(
  measured: { name: string; songs: number },
  benchmark: Pick<Benchmark, 'figures'>,
  run: BenchmarkRun,
  command: string,
): Promise<void> {
  const page = await readFile(file, 'utf8')
  await writeFile(file, replaceFigures(page, placeOf(page, measured), figuresPage(benchmark, run, command)))
}

/** Some sizes have a place of their own beside that of the benchmark. */
export function placeOf(page: string, { name, songs }: { name: string; songs: number }): string {
  const own = `${name} of ${songs} songs`
  return page.includes(`<!-- begin figures: ${own} -->`) ? own : name
}

/** @throws Error when the page has not exactly one place for the figures of this name */
export function replaceFigures(page: string, name: string, figures: string): string {
  const begin = `<!-- begin figures: ${name} -->\n`
  const end = `<!-- end figures: ${name} -->\n`
  const [head, rest, ...more] = page.split(begin)
  const [, tail, ...moreTail] = (rest ?? '').split(end)
  if (head === undefined || tail === undefined || more.length > 0 || moreTail.length > 0) {
    throw new Error(`docs/performance.md must have one place for the figures of ${name}.`)
  }
  return `${head}${begin}${figures}\n${end}${tail}`
}

function figuresPage(
  { figures }: Pick<Benchmark, 'figures'>,
  { machine, results }: BenchmarkRun,
  command: string,
): string {
  const settings = Object.entries(machine.postgresSettings).map(([name, value]) => `${name} ${value}`)
  return [
    `\`${command}\` on ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGigabytes} GB, ${machine.os};`,
    machine.postgres === ''
      ? `Node ${machine.node}.`
      : `Node ${machine.node}, PostgreSQL ${machine.postgres} with ${settings.join(', ')}.`,
    '',
    markdownTable(['figure', 'value', 'target', 'peer', 'ratio', ''], tableRows(results)),
    '',
    'What they mean:',
    '',
    ...Object.entries(figures).map(([figure, meaning]) => `- \`${figure}\`: ${meaning}`),
  ].join('\n')
}
