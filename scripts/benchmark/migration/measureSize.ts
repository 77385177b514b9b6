import type { Profile } from '../../../src/features/tags/migration/types.ts'
import { seed } from '../../seed/seed.ts'
import type { Report } from '../benchmark.ts'
import type { OwnStack } from '../ownStack.ts'
import { longestCallOf } from '../probeReport.ts'
import { removeSongs, resetMigration } from '../resetDatabase.ts'
import { type MeasuredCommand, measureCommand } from './measureCommand.ts'
import { type Outcome, readOutcome, requireSameOutcome } from './outcome.ts'
import { keepPlan, runSingleTransaction } from './singleTransaction.ts'
import { withoutSearchIndex } from './withoutSearchIndex.ts'

export interface SizeOptions {
  songs: number
  /** Of each contender, after one to warm up. */
  rounds: number
  profiles: readonly Profile[]
  report: Report
}

/** What was seen with so many songs; one entry a round. */
export interface SizeMeasurements {
  migrate: Record<Profile, MeasuredCommand[]>
  rollback: MeasuredCommand[]
  singleTransactionMs: number[]
}

/**
 * Lets the command and the single transaction do the same work in turn, each on a database as it was on its first day.
 * The order turns from round to round, because whoever comes second finds more in the caches.
 * @throws Error when the two did not do the same
 */
export async function measureSize(stack: OwnStack, options: SizeOptions): Promise<SizeMeasurements> {
  const { songs, rounds, profiles, report } = options
  const { sql } = stack
  await removeSongs(sql)
  await withoutSearchIndex(sql, () =>
    seed({ dbUrl: stack.dbUrl, source: { songs }, randomSeed: 'benchmark', whenNotEmpty: 'refuse' }),
  )
  const measured: SizeMeasurements = {
    migrate: { auto: [], polite: [], quiet: [] },
    rollback: [],
    singleTransactionMs: [],
  }

  const engine = await warmUp(stack, measured, report)
  for (let round = 0; round < rounds; round += 1) {
    const contenders = [() => measurePeer(stack, engine, measured, report)]
    for (const profile of profiles) {
      contenders.push(() => measureMigrate(stack, profile, measured, report))
    }
    for (const contend of round % 2 === 0 ? contenders : contenders.toReversed()) {
      await resetMigration(sql)
      await contend()
    }
  }
  return measured
}

/** A migration that nobody counts: it leaves the plan for the peer, and the outcome that the peer must equal. */
async function warmUp(stack: OwnStack, measured: SizeMeasurements, report: Report): Promise<Outcome> {
  await resetMigration(stack.sql)
  const { wallMs } = await measureCommand('migrate', ['--yes'], stack)
  report(`warm-up: migrate ${seconds(wallMs)}`)
  await keepPlan(stack.sql)
  const outcome = await readOutcome(stack.sql)
  const rollback = await measureCommand('rollback', ['--exact', '--yes'], stack)
  measured.rollback.push(rollback)
  report(`rollback --exact ${inWords(rollback)}`)
  return outcome
}

async function measurePeer(
  { sql }: OwnStack,
  engine: Outcome,
  measured: SizeMeasurements,
  report: Report,
): Promise<void> {
  const ms = await runSingleTransaction(sql)
  requireSameOutcome(engine, await readOutcome(sql))
  measured.singleTransactionMs.push(ms)
  report(`single transaction ${seconds(ms)}`)
}

async function measureMigrate(
  stack: OwnStack,
  profile: Profile,
  measured: SizeMeasurements,
  report: Report,
): Promise<void> {
  const migrate = await measureCommand('migrate', ['--yes', '--profile', profile], stack)
  measured.migrate[profile].push(migrate)
  report(`migrate --profile ${profile} ${inWords(migrate)}`)
}

function inWords({ wallMs, probe }: MeasuredCommand): string {
  const { name, ms } = longestCallOf(probe)
  return `${seconds(wallMs)}, longest call ${name} ${seconds(ms)}`
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`
}
