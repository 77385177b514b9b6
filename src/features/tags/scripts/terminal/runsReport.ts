import { count } from '../../../../lib/numbers.ts'
import type { ListedRun } from '../../migration/listRuns.ts'
import type { Style } from './style.ts'
import { tableLines } from './table.ts'

/** A line for each run: when, what became of it, how many songs, who started it; its certificate under it. */
export function runsLines(
  runs: readonly ListedRun[],
  { style, width }: { style: Style; width: number },
): string[] {
  if (runs.length === 0) return ['No run yet. See what one would do: npm run migrate -- --dry-run']
  const lines = tableLines(
    runs,
    [
      { cell: (run) => run.id },
      { cell: (run) => run.status.replace('_', ' ') },
      { cell: (run) => `${count(run.songs)} songs`, align: 'right' },
      { cell: (run) => minuteOf(run.startedAt) },
      { cell: (run, cells) => style.words(run.worker, cells), narrowest: 12 },
    ],
    width,
  )
  return runs.flatMap((run, place) => [
    lines[place] ?? '',
    ...(run.certificate === null ? [] : [style.paint.dim(`  certificate ${run.certificate}`)]),
  ])
}

/** `2026-11-22 18:40 UTC`. */
function minuteOf(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
