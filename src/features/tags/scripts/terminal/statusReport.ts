import { count, countOf, duration, roughly } from '../../../../lib/numbers.ts'
import type { Run } from '../../migration/migrationDatabase.ts'
import type { RunStatus, WorkerStatus } from '../../migration/runStatus.ts'
import { isLively, songsOf, timeLeftMs, waitingFor } from '../../migration/statusFacts.ts'
import { flow, labelled, nextSteps, sentences } from './flow.ts'
import { sparkline } from './sparkline.ts'
import type { Style } from './style.ts'
import { tableLines } from './table.ts'
import { clockTime } from './times.ts'

interface StatusOptions {
  style: Style
  width: number
  isVerbose: boolean
}

/** Events shown; `--verbose` shows all that are told. */
const MOST_EVENTS = 6

/** How a run is doing, and what can be done about it. */
export function statusLines(status: RunStatus, options: StatusOptions): string[] {
  const { run, now } = status
  const { style, width } = options
  if (run === null)
    return sentences('There is no run yet. See what one would do: npm run migrate -- --dry-run', width)
  const waits = waitingFor(status)
  return [
    ...runLines(run, now, options),
    ...flow('Songs', songFacts(status), width),
    ...flow('Batches', batchFacts(status, style), width),
    ...(waits === null
      ? []
      : flow('Waits', [style.paint.yellow(style.words(waits, width - labelled('').length))], width)),
    ...workerLines(status, options),
    ...eventLines(status, options),
    ...(run.certificate === null ? [] : flow('', [`certificate ${run.certificate}`], width)),
    ...nextSteps(stepsAfter(run), width),
  ]
}

function runLines(run: Run, now: Date, { style, width }: StatusOptions): string[] {
  const state = style.paint.bold(nameOf(run.status))
  const began = `began ${clockTime(run.startedAt, now)} UTC`
  // Where it does not fit beside a label it stands alone, and can still be copied.
  if (labelled('').length + run.id.length > width) return [...flow('Run', [state, began], width), run.id]
  return flow('Run', [state, run.id, began], width)
}

/** The same in a line, for a log. */
export function statusSentence(status: RunStatus): string {
  const { run, now, workers } = status
  if (run === null) return 'There is no run yet.'
  const waits = waitingFor(status)
  const lively = workers.filter((worker) => isLively(status, worker)).length
  const facts = [...songFacts(status), countOf(lively, 'worker'), ...(waits === null ? [] : [waits])]
  return `${clockTime(now, now)}  ${nameOf(run.status)}  ${facts.join(', ')}`
}

/** As people say it. */
function nameOf(status: Run['status']): string {
  return status.replace('_', ' ')
}

function songFacts(status: RunStatus): string[] {
  const { done, total } = songsOf(status)
  const left = timeLeftMs(status)
  const share = total === 0 ? 100 : Math.floor((done / total) * 100)
  return [
    `${count(done)} of ${countOf(total, 'song')} (${share}%)`,
    ...(left === null ? [] : [`${count(status.rate ?? 0)} songs/s`, `${roughly(left)} left`]),
  ]
}

function batchFacts({ run, batchSizes, retries }: RunStatus, { glyph, paint }: Style): string[] {
  const sizes = batchSizes.map((size) => size.songs)
  const bars = sparkline(sizes, glyph.full === '█')
  const last = sizes.at(-1)
  const quarantined = run?.quarantined ?? 0
  return [
    countOf(run?.batches ?? 0, 'batch', 'batches'),
    ...(last === undefined ? [] : [`of ${count(last)} songs lately`]),
    ...(bars === '' ? [] : [paint.cyan(bars)]),
    countOf(retries, 'retry', 'retries'),
    ...(quarantined > 0 ? [paint.yellow(`${countOf(quarantined, 'song')} in quarantine`)] : []),
  ]
}

function workerLines(status: RunStatus, { style, width }: StatusOptions): string[] {
  const rows = tableLines(
    status.workers,
    [
      { cell: (worker, cells) => style.words(worker.name, cells), narrowest: 14 },
      { cell: (worker) => lifeOf(status, worker) },
      { cell: ({ songs }) => countOf(songs, 'song'), align: 'right', isOptional: true },
      { cell: ({ since }) => `since ${clockTime(since, status.now)}`, isOptional: true },
      { cell: ({ waitingFor }, cells) => style.words(waitingFor ?? '', cells), narrowest: 10 },
    ],
    width - labelled('').length,
  )
  return rows.map((row, index) => labelled(index === 0 ? 'Workers' : '') + row)
}

function lifeOf(status: RunStatus, worker: WorkerStatus): string {
  if (worker.leftAt !== null) return `left ${clockTime(worker.leftAt, status.now)}`
  return `seen ${duration(Math.max(0, status.now.getTime() - worker.seenAt.getTime()))} ago`
}

function eventLines({ events, now }: RunStatus, { style, width, isVerbose }: StatusOptions): string[] {
  const shown = isVerbose ? events : events.slice(-MOST_EVENTS)
  const rows = tableLines(
    shown,
    [
      { cell: ({ at }) => clockTime(at, now) },
      { cell: ({ to }) => nameOf(to) },
      { cell: ({ reason }, cells) => style.words(reason, cells), narrowest: 10 },
      { cell: ({ worker }, cells) => style.words(worker, cells), narrowest: 8 },
    ],
    width - labelled('').length,
  )
  return rows.map((row, index) => labelled(index === 0 ? 'Events' : '') + row)
}

function stepsAfter({ status, exactRollback }: Run): string[] {
  switch (status) {
    case 'preparing':
    case 'running':
    case 'validating':
      return ['Pause with: npm run migrate -- --pause', 'Cancel with: npm run migrate -- --cancel']
    case 'paused':
    case 'failed':
      return ['Go on with: npm run migrate -- --resume', 'Undo with: npm run rollback']
    case 'cancelled':
      return ['Migrate the rest with: npm run migrate', 'Undo with: npm run rollback']
    case 'complete':
      return ['Check it with: npm run validate', 'Undo with: npm run rollback']
    case 'rolling_back':
      return [`Should it have stopped, go on with: npm run rollback${exactRollback ? ' -- --exact' : ''}`]
    case 'rolled_back':
      return ['Migrate again with: npm run migrate']
  }
}
