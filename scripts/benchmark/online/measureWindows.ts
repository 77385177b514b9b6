import { setTimeout as delay } from 'node:timers/promises'
import type { Profile } from '../../../src/features/tags/migration/types.ts'
import type { Report } from '../benchmark.ts'
import { type MeasuredCommand, measureCommand } from '../migration/measureCommand.ts'
import { lengthOf, PHASES, phasesOf } from '../migration/phases.ts'
import { runSingleTransaction } from '../migration/singleTransaction.ts'
import type { OwnStack } from '../ownStack.ts'
import { resetMigration } from '../resetDatabase.ts'
import type { SongWriter, Tag } from './songWriter.ts'
import { type Write, type Writes, writeSteadily } from './steadyWrites.ts'
import { latencyOf, writesDuring } from './writesDuring.ts'

const WRITES_PER_SECOND = 50
/** Whose turn is whose: what one write tags, the next but one takes away, on the song and with the tag of then. */
const EDITS = [
  { by: 'old', at: 0 },
  { by: 'tag', at: 0 },
  { by: 'old', at: 0 },
  { by: 'untag', at: -2 },
] as const satisfies { by: keyof SongWriter; at: number }[]

/** One round: people write while nothing else happens, then while a migration runs. */
export interface Round {
  idle: Writes
  migrating: Writes
  migrate: MeasuredCommand
  singleTransactionMs: number
}

export interface WindowOptions {
  rounds: number
  profile: Profile
  idleMs: number
  /** Those that people write on, spread over all. */
  songIds: readonly string[]
  tags: readonly Tag[]
  report: Report
}

/** Idle and migrating windows in turn on one database, brought back to its first day before each round. */
export async function measureWindows(
  stack: OwnStack,
  writer: SongWriter,
  options: WindowOptions,
): Promise<Round[]> {
  const rounds: Round[] = []
  await resetMigration(stack.sql)
  // Not counted: it is still busy with what filling the songbook left to do, and the first writes prepare what later ones find.
  await whileWriting(writer, options, () => delay(options.idleMs))
  for (let number = 1; number <= options.rounds; number += 1) {
    await resetMigration(stack.sql)
    const idle = await whileWriting(writer, options, () => delay(options.idleMs))
    const migrating = await whileWriting(writer, options, () =>
      measureCommand('migrate', ['--yes', '--profile', options.profile], stack),
    )
    await resetMigration(stack.sql)
    const singleTransactionMs = await runSingleTransaction(stack.sql)
    const round = {
      idle: idle.writes,
      migrating: migrating.writes,
      migrate: migrating.done,
      singleTransactionMs,
    }
    rounds.push(round)
    options.report(`round ${number}: ${inWords(round)}`)
  }
  return rounds
}

async function whileWriting<Done>(
  writer: SongWriter,
  { songIds, tags }: WindowOptions,
  work: () => Promise<Done>,
): Promise<{ done: Done; writes: Writes }> {
  const stop = new AbortController()
  const writing = writeSteadily({
    perSecond: WRITES_PER_SECOND,
    signal: stop.signal,
    write: (number) => {
      const { by, at } = EDITS[number % EDITS.length] ?? EDITS[0]
      const song = songIds[((number + at) * 7919) % songIds.length]
      const tag = tags[(number + at) % tags.length]
      if (song === undefined || tag === undefined) throw new Error('There is nothing to write on.')
      return writer[by](song, tag)
    },
  })
  try {
    const done = await work()
    stop.abort()
    return { done, writes: await writing }
  } finally {
    stop.abort()
  }
}

function inWords({ idle, migrating, migrate, singleTransactionMs }: Round): string {
  const phases = phasesOf(migrate.probe)
  return [
    `idle p99 ${p99(idle.all)}`,
    `migrating p99 ${p99(migrating.all)} in ${inSeconds(migrate.wallMs)}`,
    ...PHASES.map((phase) => {
      const writes = writesDuring(phases[phase], migrate.probe, migrating)
      return `${phase} p99 ${p99(writes)} in ${inSeconds(lengthOf(phases[phase]))}`
    }),
    `single transaction ${inSeconds(singleTransactionMs)}`,
  ].join('; ')
}

function p99(writes: readonly Write[]): string {
  return writes.length === 0 ? 'none' : `${latencyOf(writes, 0.99).toFixed(1)} ms`
}

function inSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
