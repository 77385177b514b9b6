import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { addSongs, runnerFor } from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { checkDrift } from '../migration/checkDrift.ts'
import { createMigrationClient } from '../migration/migrationClient.ts'
import { MigrationDatabase } from '../migration/migrationDatabase.ts'
import { alertLookSchema } from './alertLook.ts'
import { cellOf } from './sketchCells.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
  return () => database.drop()
})
afterEach(() => database.sql`truncate tag_monitoring.bucket, tag_monitoring.alert_notice`)

async function look(windows: number[] = [300]) {
  const { data, error } = await database.serviceClient.rpc('tag_alerts_look', { p_windows: windows })
  expect(error).toBeNull()
  return alertLookSchema.parse(data)
}

/** Once around all songs and tags. */
async function checkRound(): Promise<void> {
  const drift = new MigrationDatabase(
    createMigrationClient(database.apiUrl, database.secretKey, database.fetch),
    {
      maxRetries: 0,
      delayMs: 1,
      sleep: async () => undefined,
      random: Math.random,
      onRetry: () => undefined,
    },
  )
  while (!(await checkDrift(drift)).isRoundComplete) await Promise.resolve()
}

const nothing = { value: null, samples: 0 }

describe('signals', () => {
  test('of a songbook that nobody uses say nothing', async () => {
    expect(await look()).toMatchObject({
      browsers: {
        300: {
          'autocomplete.p95': nothing,
          'search.p95': nothing,
          'cache.hitRatio': nothing,
          'error.share': nothing,
          'cache.quotaFailures': { value: 0, samples: 0 },
        },
      },
      engine: {
        'migration.idleSeconds': { value: 0 },
        'migration.failing': { value: 0 },
        'drift.found': nothing,
      },
    })
  })

  test('are those of their window', async () => {
    await database.sql`
      insert into tag_monitoring.bucket (at, metric, label, count, errors, cells, counts) values
        (now(), 'songs.search', '', 100, 4, ${[cellOf(100), cellOf(700)]}, '{90,10}'),
        (now(), 'tags.cache.read', 'memory', 60, 0, '{}', '{}'), (now(), 'tags.cache.read', 'none', 40, 0, '{}', '{}'),
        (now(), 'tags.cache.failure', 'quota', 7, 0, '{}', '{}'), (now(), 'tags.cache.failure', 'slow', 9, 0, '{}', '{}'),
        (now() - interval '10 minutes', 'songs.search', '', 100, 100, ${[cellOf(9000)]}, '{100}')`
    const { browsers } = await look([300, 900])
    expect(browsers[300]).toMatchObject({
      'search.p95': { value: expect.closeTo(700, -1), samples: 100 },
      'cache.hitRatio': { value: 0.6, samples: 100 },
      'error.share': { value: 0.04, samples: 100 },
      'cache.quotaFailures': { value: 7, samples: 107 },
    })
    expect(browsers[900]).toMatchObject({ 'error.share': { value: 0.52, samples: 200 } })
  })

  test('of a migration tell that nothing works on it, that it failed, and what drifted', async () => {
    await addSongs(database.sql, [['Grace'], ['Mercy']])
    const { runId } = await runnerFor(database).run()
    const engine = async () => (await look()).engine
    expect(await engine()).toMatchObject({ 'migration.idleSeconds': { value: 0 }, 'drift.found': nothing })

    await checkRound()
    expect((await engine())['drift.found']?.value).toBe(0)
    await database.sql`update tag_migration.drift_check set is_clean = false, differing = 2, tags_differing = 1`
    expect((await engine())['drift.found']?.value).toBeGreaterThanOrEqual(3)
    await checkRound()
    expect((await engine())['drift.found']?.value).toBe(0)

    // A run knows since when it is what it is; this one is made to have been so for a while.
    await database.sql`alter table tag_migration.run disable trigger user`
    await database.sql`
      insert into tag_migration.run (status, plan_hash, total_songs, changed_at)
      select 'running', r.plan_hash, 10, now() - interval '7 minutes' from tag_migration.run as r where r.id = ${runId}`
    const { 'migration.idleSeconds': idle } = await engine()
    expect(idle?.value).toBeGreaterThanOrEqual(420)
    await database.sql`update tag_migration.run set status = 'failed' where status = 'running'`
    expect(await engine()).toMatchObject({
      'migration.idleSeconds': { value: 0 },
      'migration.failing': { value: 1 },
    })
    await database.sql`delete from tag_migration.run where status = 'failed'`
    await database.sql`alter table tag_migration.run enable trigger user`
  })
})

describe('what an evaluation found', () => {
  const states = { slow: { isRaised: true, since: 1, readAt: 1, worst: 2 } }
  const record = async (version: number, notices: object[]) =>
    (
      await database.serviceClient.rpc('tag_alerts_record', {
        p_version: version,
        p_states: states,
        p_notices: JSON.parse(JSON.stringify(notices)),
      })
    ).data
  const due = async () => (await database.serviceClient.rpc('tag_alerts_due')).data

  test('is kept by whoever was first of those who looked at once', async () => {
    const { version } = await look()
    const kept = await Promise.all([1, 2, 3, 4].map((one) => record(version, [{ one }])))
    expect(kept.filter(Boolean)).toHaveLength(1)
    expect(await look()).toMatchObject({ version: version + 1, states })
    expect(await database.sql`select from tag_monitoring.alert_notice`).toHaveLength(1)
  })

  test('is due to one sender at a time, again after a failure, and no more when all have it', async () => {
    const { version } = await look()
    await record(version, [{ rule: 'slow' }])
    const claims = await Promise.all([due(), due(), due()])
    const [[claim]] = [claims.flat()]
    expect(claims.flat()).toEqual([
      { id: expect.any(Number), notice: { rule: 'slow' }, delivered: [], attempts: 1 },
    ])
    const id = claim !== null && typeof claim === 'object' && 'id' in claim ? Number(claim.id) : 0
    const delivered = (channels: string[], isSettled: boolean) =>
      database.serviceClient.rpc('tag_alerts_delivered', {
        p_notice: id,
        p_channels: channels,
        p_is_settled: isSettled,
      })
    await delivered(['console'], false)
    expect(await due()).toEqual([])
    await database.sql`update tag_monitoring.alert_notice set next_at = now()`
    expect(await due()).toMatchObject([{ delivered: ['console'], attempts: 2 }])
    await delivered(['webhook'], true)
    await database.sql`update tag_monitoring.alert_notice set next_at = now()`
    expect(await due()).toEqual([])
    const rows = await database.sql`select delivered from tag_monitoring.alert_notice`
    expect(rows).toEqual([{ delivered: ['console', 'webhook'] }])
  })

  test('is not sent any more a day later', async () => {
    const { version } = await look()
    await record(version, [{ rule: 'slow' }])
    await database.sql`update tag_monitoring.alert_notice set at = now() - interval '25 hours'`
    expect(await due()).toEqual([])
  })
})
