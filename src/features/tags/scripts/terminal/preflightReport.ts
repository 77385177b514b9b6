import { count, countOf, duration, fileSize, roughly } from '../../../../lib/numbers.ts'
import type { Run } from '../../migration/migrationDatabase.ts'
import type { Survey } from '../../migration/survey.ts'
import type { Profile } from '../../migration/types.ts'
import { type Estimates, WHOLE_TO_SURVEY } from '../estimates.ts'
import { paragraph } from './flow.ts'
import type { Style } from './style.ts'

export interface Preflight {
  survey: Survey
  estimates: Estimates
  profile: Profile
  /** The run that did not end. */
  unfinished: Run | null
}

/** Whether a run can start, and what it will ask of the database. */
export function preflightLines(
  { survey, estimates, profile, unfinished }: Preflight,
  style: Style,
  width: number,
): string[] {
  const { paint, glyph } = style
  const fine = paint.green(glyph.done)
  const rows: [mark: string, subject: string, text: string][] = [
    [fine, 'Tables', 'tables, functions and grants are in place'],
    [
      ' ',
      'Disk',
      `about ${fileSize(estimates.diskBytes)} more, an estimate: links, journal and state of ${countOf(survey.songs, 'song')} with ${countOf(survey.mentions, 'theme mention')} (${fileSize(survey.bytes)} of themes, kept twice)`,
    ],
    [
      ' ',
      'Time',
      `about ${roughly(estimates.durationMs)}, an estimate: ${WHOLE_TO_SURVEY} times what reading the songs took`,
    ],
    [
      ' ',
      'Writers',
      `wait ${waitText(estimates.longestWaitMs)} at most for a song that a batch holds (profile ${profile})`,
    ],
    [' ', 'Done', `${countOf(survey.songsAlreadyDone, 'song')} already migrated`],
    unfinished === null
      ? [fine, 'Runs', 'no unfinished run']
      : [
          paint.yellow(glyph.warning),
          'Runs',
          `run ${unfinished.id} is ${unfinished.status.replace('_', ' ')}: ${count(unfinished.songs)} of ${countOf(unfinished.totalSongs, 'song')}; npm run migrate goes on with it, and keeps its plan`,
        ],
  ]
  const markCells = glyph.done.length
  return rows.flatMap(([mark, subject, text]) => {
    const lead = `  ${mark}${' '.repeat(Math.max(0, markCells - (mark === ' ' ? 1 : markCells)))} ${subject.padEnd(9)}`
    return paragraph(lead, text, width)
  })
}

function waitText(ms: number): string {
  return ms < 1000 ? `${ms} ms` : duration(ms)
}
