import { afterEach, beforeEach, expect, test } from 'vitest'
import { addSongs, MESSY, runnerFor, tagsBySong } from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { BatchSizer } from './batchSizer.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase()
})
afterEach(() => database.drop())

test('every theme becomes the planned tags and the songs stay as they were', async () => {
  const ids = await addSongs(database.sql, MESSY)
  const before = await database.sql`select * from public.songs order by id`

  const result = await runnerFor(database).run()

  expect(result).toMatchObject({ phase: 'complete', processedCount: MESSY.length, errors: [] })
  expect(result.certificate).toMatch(/^[0-9a-f]{64}$/)
  expect(result.checks.filter((check) => !check.ok)).toEqual([])
  // version and updated_at included: an open form must not conflict with a migration.
  expect(await database.sql`select * from public.songs order by id`).toEqual(before)
  const tags = await tagsBySong(database.sql)
  const named = (index: number) => tags.get(ids[index] ?? '') ?? []
  expect(named(0)).toEqual([])
  expect(named(1)).toEqual([])
  expect(named(2)).toEqual(['Grace'])
  expect(named(3)).toEqual(['Grace'])
  expect(named(4)).toEqual(['Christmas'])
  expect(named(5)).toEqual([])
  expect(named(6)).toEqual(['Grace/Mercy'])
  expect(named(8)).toEqual(['Thanksgivng'])
  expect(named(10)).toEqual([])
  expect(named(11)).toHaveLength(1)
  expect(named(12)).toHaveLength(1)
  expect(named(13)).toEqual(['Lend', 'Lent'])
})

test('a dry run writes nothing and announces exactly what the run then does', async () => {
  await addSongs(database.sql, MESSY)
  const counts = () => database.sql`
    select (select count(*) from public.tags) as tags, (select count(*) from public.song_tags) as links,
      (select count(*) from tag_migration.plan) as plans, (select count(*) from tag_migration.run) as runs`
  const before = await counts()

  const { summary } = await runnerFor(database).preview()
  expect(await counts()).toEqual(before)

  const result = await runnerFor(database).run()
  expect(result.tagsCreated).toBe(summary.tagsToCreate)
  expect(result.tagsReused).toBe(summary.tagsToReuse)
  expect(result.linksCreated).toBe(summary.linksToCreate)
  expect(result.totalCount).toBe(summary.totalCount)
})

test('fuzzy matches and splits are applied only when the plan accepts them', async () => {
  const [compound = '', typo = ''] = await addSongs(database.sql, [['Grace/Mercy'], ['Thanksgivng']])
  const { plan } = await runnerFor(database).preview()
  expect(plan.entries.map((entry) => entry.accept)).toEqual([false, false])
  for (const entry of plan.entries) entry.accept = true

  await runnerFor(database, { plan }).run()
  const tags = await tagsBySong(database.sql)
  expect(tags.get(compound)).toEqual(['Grace', 'Mercy'])
  expect(tags.get(typo)).toEqual(['Thanksgiving'])
})

test('tags that a song had before are kept, and are not the migration’s', async () => {
  const [song = ''] = await addSongs(database.sql, [['Grace']])
  await database.sql`insert into public.song_tags (song_id, tag_id) select ${song}, id from public.tags where name in ('Grace', 'Advent')`

  const result = await runnerFor(database).run()
  expect(result.linksCreated).toBe(0)
  expect((await tagsBySong(database.sql)).get(song)).toEqual(['Advent', 'Grace'])
  const manager = runnerFor(database).rollbackManager
  await manager.rollback(null, false, { worker: 'test', sizer: new BatchSizer(100, 30) })
  expect((await tagsBySong(database.sql)).get(song)).toEqual(['Advent', 'Grace'])
})

test('songs that come while it runs are migrated too, and unknown themes become custom tags for review', async () => {
  await addSongs(
    database.sql,
    Array.from({ length: 40 }, () => ['Grace']),
  )
  let added: Promise<string[]> | undefined
  const result = await runnerFor(database, {
    batchSize: 10,
    progressCallback: ({ phase }) => {
      if (phase === 'migrating') added ??= addSongs(database.sql, [['Brand new\ttheme', 'x'.repeat(60), ' ']])
    },
  }).run()
  const [song = ''] = (await added) ?? []
  // It may have come after the last sweep; then it is the next run's.
  if (result.processedCount === 40) await runnerFor(database).run()
  expect((await tagsBySong(database.sql)).get(song)).toEqual(['Brand new theme'])
  const [tag] =
    await database.sql`select needs_review, is_standard from public.tags where name = 'Brand new theme'`
  expect(tag).toEqual({ needs_review: true, is_standard: false })
})

test('two workers end as one does: the same tags and the same certificate', async () => {
  await addSongs(
    database.sql,
    Array.from({ length: 300 }, (_, n) => [`Theme ${n % 40}`, 'Grace', null]),
  )
  const alone = await runnerFor(database, { batchSize: 20 }).run()
  const tags = await tagsBySong(database.sql)
  await runnerFor(database).rollbackManager.rollback(null, true, {
    worker: 'test',
    sizer: new BatchSizer(100, 30),
  })
  const together = await runnerFor(database, { batchSize: 20, workers: 2 }).run()
  expect(together).toMatchObject({
    phase: 'complete',
    processedCount: 300,
    linksCreated: alone.linksCreated,
  })
  expect(together.certificate).toBe(alone.certificate)
  expect(await tagsBySong(database.sql)).toEqual(tags)
})

test('when one of two workers gives up, the other stops and the run can be taken up', async () => {
  await addSongs(
    database.sql,
    Array.from({ length: 300 }, (_, n) => [`Theme ${n % 40}`]),
  )
  let batches = 0
  const failing: typeof fetch = async (input, init) => {
    if (String(input).endsWith('/tag_migration_batch') && ++batches > 3) throw new TypeError('fetch failed')
    return database.fetch(input, init)
  }
  const runner = runnerFor(database, { batchSize: 20, workers: 2, maxRetries: 0 }, failing)
  await expect(runner.run()).rejects.toMatchObject({ code: 'unreachable' })
  const result = await runnerFor(database, { workers: 2, unfinished: 'resume' }).run()
  expect(result).toMatchObject({ phase: 'complete', processedCount: 300 })
})

test('a second migrate finds nothing to do', async () => {
  await addSongs(database.sql, MESSY)
  const first = await runnerFor(database).run()
  const second = await runnerFor(database).run()
  expect(second).toMatchObject({
    phase: 'nothing-to-do',
    runId: first.runId,
    certificate: first.certificate,
  })
})

test('a song that cannot be migrated goes into quarantine and the others go on', async () => {
  const ids = await addSongs(
    database.sql,
    Array.from({ length: 60 }, (_, n) => [`Theme ${n}`]),
  )
  const poison = ids[41] ?? ''
  await database.sql`
    create function public.refuse_one() returns trigger language plpgsql as $$
    begin raise exception using errcode = '22023', message = 'Refused for the test'; end $$`
  await database.sql.unsafe(
    `create trigger refuse_one before insert on public.song_tags for each row when (new.song_id = '${poison}') execute function public.refuse_one()`,
  )
  const result = await runnerFor(database).run()

  expect(result.phase).toBe('complete')
  expect(result.errors).toEqual([
    {
      songId: poison,
      error: 'Refused for the test',
      context: { sqlstate: '22023', attempts: 1 },
      recoverable: false,
    },
  ])
  expect(result.processedCount).toBe(59)
  expect((await tagsBySong(database.sql)).size).toBe(59)

  await database.sql`drop trigger refuse_one on public.song_tags`
  const second = await runnerFor(database).run()
  expect(second).toMatchObject({ phase: 'complete', processedCount: 1, errors: [] })
})

test('a song that two lanes find bad at once is one error', async () => {
  const [bad] = await addSongs(database.sql, [['Grace']])
  await database.sql`alter table public.song_tags add constraint nothing_at_all check (false) not valid`
  const answered = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let batches = 0
  const through: typeof fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input)
    if (url.endsWith('/rpc/tag_migration_quarantine')) await answered[1]?.promise
    if (!url.endsWith('/rpc/tag_migration_batch')) return database.fetch(input, init)
    const batch = batches++
    // Together, the second would skip the song that the first has locked.
    if (batch === 1) await answered[0]?.promise
    const response = await database.fetch(input, init)
    answered[batch]?.resolve()
    return response
  }
  const result = await runnerFor(database, { workers: 2 }, through).run()
  expect(result).toMatchObject({ phase: 'complete', errors: [{ songId: bad }] })
  await database.sql`alter table public.song_tags drop constraint nothing_at_all`
})

test('a run in which most songs fail stops instead of filling the quarantine', async () => {
  await addSongs(
    database.sql,
    Array.from({ length: 60 }, () => ['Grace']),
  )
  await database.sql`alter table public.song_tags add constraint nothing_at_all check (false) not valid`
  await expect(runnerFor(database).run()).rejects.toMatchObject({
    code: 'too-many-errors',
    detail: '23514',
  })
  const run = await database.serviceClient.rpc('tag_migration_run')
  expect(run.data).toMatchObject({ status: 'failed', failure: { code: 'too-many-errors' } })
})

test('a failing run is taken back when it was asked for', async () => {
  await addSongs(database.sql, [
    ...Array.from({ length: 60 }, () => []),
    ...Array.from({ length: 60 }, () => ['Grace']),
  ])
  await database.sql`alter table public.song_tags add constraint nothing_at_all check (false) not valid`
  const runner = runnerFor(database, { rollbackOnFailure: true, errorLimits: { atLeast: 5, share: 0 } })
  await expect(runner.run()).rejects.toMatchObject({ code: 'too-many-errors' })
  expect((await database.serviceClient.rpc('tag_migration_run')).data).toMatchObject({
    status: 'rolled_back',
  })
  expect(await database.sql`select from tag_migration.song_state`).toHaveLength(0)
})

test('a song that somebody holds is skipped and migrated when it is free', async () => {
  const [held = ''] = await addSongs(database.sql, [['Grace'], ['Mercy']])
  let release = () => {}
  const holding = Promise.withResolvers<void>()
  const holder = database.sql.begin(async (sql) => {
    await sql`select from public.songs where id = ${held} for update`
    holding.resolve()
    await new Promise<void>((resolve) => {
      release = resolve
    })
  })
  await holding.promise
  const result = await runnerFor(database, {
    progressCallback: ({ processedCount, retries }) => {
      if (processedCount === 1 && retries > 0) release()
    },
  }).run()
  await holder
  expect(result).toMatchObject({ phase: 'complete', processedCount: 2 })
  expect((await tagsBySong(database.sql)).get(held)).toEqual(['Grace'])
})

test('usage counts are exact after a migration, a rollback and what people do in between', async () => {
  const [song = ''] = await addSongs(database.sql, [['Grace'], ['Grace', 'Mercy'], ['Mercy']])
  const usage = async () =>
    Object.fromEntries(
      (
        await database.sql`select name, usage_count::integer as n from public.tags where name in ('Grace', 'Mercy')`
      ).map((t) => [t.name, t.n]),
    )
  await runnerFor(database).run()
  expect(await usage()).toEqual({ Grace: 2, Mercy: 2 })
  await database.sql`insert into public.song_tags (song_id, tag_id) select ${song}, id from public.tags where name = 'Mercy'`
  expect(await usage()).toEqual({ Grace: 2, Mercy: 3 })
  await runnerFor(database).rollbackManager.rollback(null, false, {
    worker: 'test',
    sizer: new BatchSizer(100, 30),
  })
  expect(await usage()).toEqual({ Grace: 0, Mercy: 1 })
})
