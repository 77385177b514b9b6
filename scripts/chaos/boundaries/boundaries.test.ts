import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BatchSizer, PACE } from '../../../src/features/tags/migration/batchSizer.ts'
import type { MigrationConfig } from '../../../src/features/tags/migration/types.ts'
import { differences, takeSnapshot } from '../../kill/snapshot.ts'
import { addSongs, changeBatches, fetchAnd, runnerFor } from '../../testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../testing/testDatabase.ts'
import {
  armBoundaries,
  type Boundary,
  installBoundaries,
  struckBoundaries,
  WRITTEN,
} from './installBoundaries.ts'

let database: TestDatabase
let superuser: postgres.Sql
let boundaries: Boundary[]

beforeAll(async () => {
  database = await createTestDatabase()
  superuser = postgres(database.superuserUrl, { max: 1, onnotice: () => undefined })
  boundaries = await installBoundaries(superuser)
  await addSongs(
    database.sql,
    Array.from({ length: 40 }, (_, n) => ['Grace', `Theme ${n % 5}`, 'grace', null]),
  )
})

afterAll(async () => {
  await superuser.end()
  await database.drop()
})

test('ended at every statement boundary of a batch, a migration ends as if nothing had happened', async () => {
  const { sql } = database
  const seeded = await takeSnapshot(sql)
  await there()
  const migrated = await takeSnapshot(sql)
  await back()
  expect(differences(seeded, await takeSnapshot(sql))).toEqual([])
  const places = boundaries.map(({ place }) => place)
  // So that the next session has to get over songs that are done.
  await oneBatch()
  // As if the songs had got this theme since they were planned: a step that meets it is not counted, the ones before are.
  await superuser`delete from tag_migration.run_theme where raw = 'Theme 4'`
  await armBoundaries(superuser, places)
  await superuser.unsafe(refuseOnce)

  await there()
  expect(differences(migrated, await takeSnapshot(sql))).toEqual([])
  await back()
  expect(differences(seeded, await takeSnapshot(sql))).toEqual([])

  const struck = new Set(await struckBoundaries(superuser, places))
  const missed = boundaries.filter(({ place }) => !struck.has(place))
  const ofBatches = missed.filter(({ where }) => /batch$/.test(where) || WRITTEN.includes(where))
  expect(ofBatches.map(({ where, after }) => `${where}: ${after}`)).toEqual([])
})

/**
 * Ended processes make calls fail and sessions end; whoever comes next goes on. The first that gets a batch done stops
 * there, so that the next one has to get over songs that are done.
 */
async function there(): Promise<void> {
  let batches = 0
  for (let isPaused = false; ; ) {
    const unfinished = await runnerFor(database).checkpoint()
    const stop = new AbortController()
    const config: Partial<MigrationConfig> = {
      batchSize: 12,
      unfinished: unfinished ? 'resume' : 'resume-if-idle',
      signal: stop.signal,
      progressCallback: ({ phase, batches: done }) => {
        if (phase === 'migrating' && done > 0 && !isPaused) stop.abort()
      },
    }
    // Fewer songs than they look at, and no time: each stops after its first step. Every other one takes so few that there
    // are more also at the beginning, where some are done.
    const curtailed = changeBatches(database.fetch, ({ p_limit }) => ({
      p_most: Math.max(1, batches++ % 2 === 0 ? p_limit - 1 : Math.min(p_limit - 1, 5)),
      p_budget_ms: 0,
    }))
    const runner = runnerFor(database, config, curtailed)
    const result = await runner.run().catch(() => undefined)
    if (result?.phase === 'complete') return
    isPaused ||= result?.phase === 'paused'
  }
}

/** Starts a run and pauses it when five songs are done. */
async function oneBatch(): Promise<void> {
  const stop = new AbortController()
  const stopping = fetchAnd(database, 'tag_migration_batch', () => stop.abort())
  const runner = runnerFor(database, { batchSize: 5, signal: stop.signal }, stopping)
  expect(await runner.run()).toMatchObject({ phase: 'paused', processedCount: 5 })
}

async function back(): Promise<void> {
  for (;;) {
    const { rollbackManager } = runnerFor(database)
    const sizer = new BatchSizer(5, PACE.polite.stepMs)
    const result = await rollbackManager
      .rollback(null, true, { worker: 'test', sizer })
      .catch(() => undefined)
    if (result?.phase === 'rolled-back') return
  }
}

/** What a batch does about an error is reached by one: each way, the first time that a song's state is written. */
const refuseOnce = `
  create sequence chaos.refused_insert;
  create sequence chaos.refused_delete;
  create function chaos.refuse_once() returns trigger language plpgsql security definer set search_path = '' as $$
  begin
    -- Twice, as the first of them is ended while it is dealt with.
    if nextval('chaos.refused_' || lower(tg_op)) <= 2 then
      raise exception using errcode = '55P03', message = 'Held by a test.';
    end if;
    return null;
  end $$;
  create trigger refuse_once before insert or delete on tag_migration.song_state
    for each statement execute function chaos.refuse_once()`
