import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectRoot } from '../stack/project.ts'
import { FAULTS } from './faults/faultNames.ts'
import type { Tally } from './tally.ts'

const page = join(projectRoot, 'docs/faults.md')

/** Before the counts and after them. */
const PLACE = '<!-- counts, written by npm run chaos -- --write-docs -->'

/** Puts the counts of all sessions into docs/faults.md. */
export async function writeCounts(tally: Tally): Promise<void> {
  const text = await readFile(page, 'utf8')
  const parts = text.split(PLACE)
  if (parts.length !== 3) throw new Error('docs/faults.md must have one place for the counts.')
  await writeFile(page, [parts[0], `\n${countsText(tally)}\n`, parts[2]].join(PLACE))
}

function countsText({ runs, edits, faults, boundaries, divergences, seeds }: Tally): string {
  const rows = Object.entries(FAULTS).map(([name, what]) => `| ${name} | ${what} | ${faults[name] ?? 0} |`)
  const struck = Object.entries(boundaries).sort(([a], [b]) => (a < b ? -1 : 1))
  return [
    `${runs} runs, ${divergences} of them diverged; people made ${edits} edits meanwhile. Random seeds: ${seeds.join(', ')}.`,
    '',
    '| fault | what it is | times that it struck |',
    '| --- | --- | --- |',
    ...rows,
    '',
    `Boundaries at which a server process was ended in these runs: ${struck.length}.`,
  ].join('\n')
}
