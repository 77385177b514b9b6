import { setTimeout as delay } from 'node:timers/promises'
import type { Profile } from '../../../src/features/tags/migration/types.ts'
import type { Report } from '../benchmark.ts'
import { type MeasuredCommand, measureCommand } from '../migration/measureCommand.ts'
import { runSingleTransaction } from '../migration/singleTransaction.ts'
import type { OwnStack } from '../ownStack.ts'
import { resetMigration } from '../resetDatabase.ts'
import { percentile } from '../statistics.ts'
import type { SongWriter, Tag } from './songWriter.ts'
import { type Writes, writeSteadily } from './steadyWrites.ts'

const WRITES_PER_SECOND = 50
const IDLE_MS = 20_000

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
  for (let number = 1; number <= options.rounds; number += 1) {
    await resetMigration(stack.sql)
    const idle = await whileWriting(writer, options, () => delay(IDLE_MS))
    const migrating = await whileWriting(writer, options, () =>
      measureCommand('migrate', ['--yes', '--profile', options.profile], stack),
    )
    await resetMigration(stack.sql)
    const singleTransactionMs = await runSingleTransaction(stack.sql)
    rounds.push({
      idle: idle.writes,
      migrating: migrating.writes,
      migrate: migrating.done,
      singleTransactionMs,
    })
    options.report(
      `round ${number}: idle p99 ${p99(idle.writes)} ms; migrating p99 ${p99(migrating.writes)} ms in ` +
        `${(migrating.done.wallMs / 1000).toFixed(1)} s; single transaction ${(singleTransactionMs / 1000).toFixed(1)} s`,
    )
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
    write: async (number) => {
      const song = songIds[(number * 7919) % songIds.length]
      const tag = tags[number % tags.length]
      if (song === undefined || tag === undefined) throw new Error('There is nothing to write on.')
      const error = await (number % 2 === 0 ? writer.old : writer.new)(song, tag)
      return error === null ? null : `${error.code}: ${error.message}`
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

function p99(writes: Writes): string {
  return percentile(writes.latenciesMs, 0.99).toFixed(1)
}
