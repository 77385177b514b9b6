import type { Sql } from 'postgres'
import { BatchSizer, PACE } from '../../src/features/tags/migration/batchSizer.ts'
import { dropThemes } from '../../src/features/tags/migration/contractStep.ts'
import { createMigrationClient } from '../../src/features/tags/migration/migrationClient.ts'
import { MigrationDatabase } from '../../src/features/tags/migration/migrationDatabase.ts'
import { MigrationRunner } from '../../src/features/tags/migration/migrationRunner.ts'
import { sleepUntil } from '../../src/features/tags/migration/retry.ts'
import type { MigrationConfig } from '../../src/features/tags/migration/types.ts'
import { countOf } from '../../src/lib/numbers.ts'
import { copySongbook } from './copySongbook.ts'
import { type ScratchSongbook, withScratchSongbook } from './scratchSongbook.ts'
import { rememberSongs, type SongDifference, songDifferences } from './songDifferences.ts'

interface RehearsalStep {
  name: string
  /** In words: what was found. */
  found: string
  ok: boolean
  differences: SongDifference[]
}

export interface Rehearsal {
  songs: number
  /** Songs that differ, or checks that failed, over all steps. */
  differing: number
  steps: RehearsalStep[]
}

export interface RehearsalOptions {
  config: MigrationConfig
  /** Told what is being done. */
  onStep: (doing: string) => void
}

/**
 * Takes a copy of the songbook there and back twice, once over the dropped column, and compares every song.
 * @param from read only
 * @throws MigrationFailure
 */
export function rehearse(from: MigrationDatabase, options: RehearsalOptions): Promise<Rehearsal> {
  options.onStep('Starting a scratch database')
  return withScratchSongbook(async (songbook) => {
    const songs = await copySongbook(from, songbook.sql, (copied) => options.onStep(`Copying song ${copied}`))
    if (songs === 0) return { songs, differing: 0, steps: [] }
    await rememberSongs(songbook.sql)
    const steps: RehearsalStep[] = []
    for (const exact of [false, true]) {
      steps.push(await forward(songbook, options))
      if (exact) await overTheDrop(songbook, options)
      steps.push(await back(songbook, exact, options))
    }
    const differing = steps.reduce(
      (sum, step) => sum + (step.ok ? 0 : Math.max(1, step.differences.length)),
      0,
    )
    return { songs, differing, steps }
  })
}

async function forward(
  songbook: ScratchSongbook,
  { config, onStep }: RehearsalOptions,
): Promise<RehearsalStep> {
  onStep('Migrating the copy')
  const result = await runnerFor(songbook, config).run()
  const failed = result.checks.filter((check) => !check.ok).length + result.errors.length
  return {
    name: 'forward, verified',
    found: `${countOf(result.linksCreated, 'link')}, ${countOf(failed, 'check or song', 'checks or songs')} failed`,
    ok: failed === 0 && result.phase === 'complete',
    differences: [],
  }
}

/** What the contract step demands beside a run has no meaning on a copy: it is written down as met. */
async function overTheDrop(songbook: ScratchSongbook, { config, onStep }: RehearsalOptions): Promise<void> {
  onStep('Dropping the copy’s old column')
  await meetRequirements(songbook.sql)
  await dropThemes(databaseOf(songbook, config), 0, { worker: config.worker })
}

async function meetRequirements(sql: Sql): Promise<void> {
  await sql`insert into tag_migration.rehearsal (songs, differing, report, worker) values (0, 0, '{}', 'rehearsal')`
  await sql`
    insert into tag_migration.drift_check (round, songs, unsynced, differing, tags, tags_differing, is_clean)
    values (1, 0, 0, 0, 0, 0, true)`
}

async function back(
  songbook: ScratchSongbook,
  exact: boolean,
  { config, onStep }: RehearsalOptions,
): Promise<RehearsalStep> {
  onStep('Taking the copy back')
  const runner = runnerFor(songbook, config)
  const result = await runner.rollbackManager.rollback(null, exact, {
    worker: config.worker,
    sizer: new BatchSizer(config.batchSize, PACE.quiet.stepMs),
  })
  const checks = (await runner.validate()).checks.filter((check) => !check.ok && check.critical)
  const { differing, first } = await songDifferences(songbook.sql)
  return {
    name: exact ? 'over the dropped column and exactly back, verified' : 'back, verified',
    found: `${differing} songs differ, ${checks.length} checks failed, ${result.conflicts.length} conflicts`,
    ok:
      result.phase === 'rolled-back' &&
      differing === 0 &&
      checks.length === 0 &&
      result.conflicts.length === 0,
    differences: first,
  }
}

function runnerFor(songbook: ScratchSongbook, config: MigrationConfig): MigrationRunner {
  const { apiUrl, secretKey } = songbook
  return new MigrationRunner(createMigrationClient(apiUrl, secretKey, songbook.fetch), {
    ...config,
    dryRun: false,
    validateChecksum: true,
    unfinished: 'resume-if-idle',
    profile: 'quiet',
  })
}

function databaseOf(songbook: ScratchSongbook, config: MigrationConfig): MigrationDatabase {
  const client = createMigrationClient(songbook.apiUrl, songbook.secretKey, songbook.fetch)
  return new MigrationDatabase(client, {
    maxRetries: config.maxRetries,
    delayMs: config.retryDelayMs,
    sleep: sleepUntil(config.signal),
    random: Math.random,
    onRetry: () => undefined,
  })
}
