import type { ReservedSql } from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeGate, type Gate, waitsFor } from '../../../../scripts/testing/gate.ts'
import {
  addSongs,
  addUnsyncedSongs,
  fetchAnd,
  runnerFor,
  tagsBySong,
} from '../../../../scripts/testing/migrationFixture.ts'
import { PlayedWorker } from '../../../../scripts/testing/playedWorker.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { BatchSizer } from './batchSizer.ts'
import { BEFORE_ALL } from './migrationDatabase.ts'

let database: TestDatabase
let played: PlayedWorker
let gate: Gate | undefined
const connections: ReservedSql[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  played = new PlayedWorker(database)
})
afterAll(() => database.drop())
afterEach(async () => {
  await gate?.remove()
  gate = undefined
  for (const connection of connections.splice(0)) {
    await connection`rollback`
    connection.release()
  }
  await database.sql`truncate public.songs, tag_migration.run, tag_migration.journal, tag_migration.song_state cascade`
  await database.sql`delete from public.tags where not is_standard`
  await database.sql`update public.tags set usage_count = 0 where usage_count <> 0`
})

/** A connection of one's own, in a transaction. */
async function person(): Promise<{ sql: ReservedSql; pid: number }> {
  const sql = await database.sql.reserve()
  connections.push(sql)
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`
  await sql`begin`
  return { sql, pid: row?.pid ?? 0 }
}

const written = async () => {
  const [row] = await database.sql`
    select (select count(*)::integer from public.song_tags) as links,
      (select count(*)::integer from tag_migration.song_state) as states,
      (select count(*)::integer from tag_migration.journal) as records,
      (select count(*)::integer from tag_migration.batch) as batches`
  return row
}

describe('two workers', () => {
  beforeEach(async () => {
    await addSongs(database.sql, [['Grace'], ['Mercy'], ['Own theme']])
  })

  test('an older one is refused in everything it asks for, and nothing is written', async () => {
    const old = await played.takeUpRun('old')
    const current = await played.resume(old.id, 'new')
    const before = await written()

    const refusal = { outcome: 'fenced', status: 'running', epoch: current.epoch, worker: 'new' }
    const run = { p_run: old.id, p_epoch: old.epoch }
    expect(await played.batch(old)).toEqual(refusal)
    expect(await played.ask('tag_migration_prepare', { ...run, p_limit: 10 })).toEqual(refusal)
    expect(await played.ask('tag_migration_adopt', { ...run, p_themes: ['Brand new'] })).toEqual(refusal)
    expect(
      await played.ask('tag_migration_quarantine', {
        ...run,
        p_song: BEFORE_ALL,
        p_sqlstate: '22023',
        p_message: 'No.',
        p_attempts: 1,
      }),
    ).toEqual(refusal)
    expect(await played.transition(old, 'paused')).toEqual(refusal)
    expect(
      await played.ask('tag_migration_rollback_batch', { ...run, p_limit: 10, p_after: BEFORE_ALL }),
    ).toEqual(refusal)
    expect(
      await played.ask('tag_migration_rollback_tags', { ...run, p_limit: 10, p_after: BEFORE_ALL }),
    ).toEqual(refusal)
    expect(await played.ask('tag_migration_rollback_finish', run)).toEqual(refusal)

    expect(await written()).toEqual(before)
    expect(await database.sql`select from public.tags where name = 'Brand new'`).toHaveLength(0)
    expect(await database.sql`select from tag_migration.quarantine`).toHaveLength(0)
    expect(await played.batch(current)).toMatchObject({ outcome: 'done', songs: 3 })
  })

  test('one that is taken over while it works stops, says by whom, and leaves the run to the other', async () => {
    gate = await closeGate(database.sql, 'public.song_tags')
    const ended = runnerFor(database, { batchSize: 1 })
      .run()
      .then(
        () => 'completed',
        (error: unknown) => error,
      )
    const working = await gate.reached()
    const usurper = await person()
    const resumed = usurper.sql`
      select public.tag_migration_resume(id, 'usurper') from tag_migration.run`.execute()
    // Resuming waits for the batch in flight, whose songs therefore count before the epoch rises.
    await waitsFor(database.sql, usurper.pid, working)
    await gate.open()
    await resumed
    await usurper.sql`commit`
    expect(await ended).toMatchObject({
      code: 'taken-over',
      message: 'The run was taken over by usurper; it is running now.',
      detail: 'epoch 2',
    })
    const { data } = await database.serviceClient.rpc('tag_migration_run')
    expect(data).toMatchObject({ status: 'running', worker: 'usurper', failure: null })
    expect(await written()).toMatchObject({ states: (data as { songs: number }).songs })
    expect(await runnerFor(database, { unfinished: 'resume' }).run()).toMatchObject({
      phase: 'complete',
      processedCount: 3,
    })
  })

  test('of two that start at once only one does', async () => {
    const [planHash] = await preparedPlan()
    const start = (worker: string) =>
      played.ask('tag_migration_start', {
        p_plan_hash: planHash,
        p_plan_themes: 3,
        p_total_songs: 3,
        p_options: { startKey: worker },
        p_worker: worker,
      })
    // Both are inside their call before either can end: the first holds the unique entry until it commits.
    const first = await person()
    const second = await person()
    const startIn = ({ sql }: { sql: ReservedSql }, worker: string) => sql<{ answer: { outcome: string } }[]>`
      select public.tag_migration_start(${planHash}, 3, 3, ${sql.json({ startKey: worker })}, ${worker}) as answer`
    const [one] = await startIn(first, 'one')
    const two = startIn(second, 'two').then(([row]) => row?.answer)
    await waitsFor(database.sql, second.pid, first.pid)
    await first.sql`commit`
    expect(one?.answer.outcome).toBe('started')
    expect(await two).toMatchObject({ outcome: 'busy', run: { worker: 'one' } })
    await second.sql`commit`

    // The one that started may ask again, since its answer may have been lost; nobody else.
    expect(await start('one')).toMatchObject({ outcome: 'started', run: { worker: 'one', epoch: 1 } })
    expect(await start('two')).toMatchObject({ outcome: 'busy' })
    expect(await database.sql`select from tag_migration.run`).toHaveLength(1)
  })

  test('one that started is not told so again when another has taken its run up', async () => {
    const [planHash] = await preparedPlan()
    const start = () =>
      played.ask('tag_migration_start', {
        p_plan_hash: planHash,
        p_plan_themes: 3,
        p_total_songs: 3,
        p_options: { startKey: 'one' },
        p_worker: 'one',
      })
    const { run } = (await start()) as { run: { id: string } }
    await played.resume(run.id, 'two')
    expect(await start()).toMatchObject({ outcome: 'busy', run: { worker: 'two', epoch: 2 } })
  })

  test('of two that take up a run at once exactly one goes on', async () => {
    const { id } = await played.takeUpRun()
    const first = await person()
    const second = await person()
    const resumeIn = ({ sql }: { sql: ReservedSql }, worker: string) => sql<
      { answer: { run: { epoch: number } } }[]
    >`
      select public.tag_migration_resume(${id}, ${worker}) as answer`
    const [one] = await resumeIn(first, 'one')
    const two = resumeIn(second, 'two').execute()
    await waitsFor(database.sql, second.pid, first.pid)
    await first.sql`commit`
    const [answer] = await two
    await second.sql`commit`
    const epochs = [one?.answer.run.epoch ?? 0, answer?.answer.run.epoch ?? 0]
    expect(epochs[1]).toBe((epochs[0] ?? 0) + 1)
    const outcomes = await Promise.all(epochs.map((epoch) => played.batch({ id, epoch })))
    expect(outcomes.map((outcome) => outcome.outcome)).toEqual(['fenced', 'done'])
  })

  test('of two runners that take up a run at once exactly one ends it', async () => {
    await played.takeUpRun()
    const ends = await Promise.all(
      ['one', 'two'].map((worker) =>
        runnerFor(database, { unfinished: 'resume', worker, batchSize: 1 })
          .run()
          .then(
            (result) => result.phase,
            (error: { code: string }) => error.code,
          ),
      ),
    )
    expect(ends).toContain('complete')
    // The other was taken over, or came when it was over.
    expect(['taken-over', 'nothing-to-resume']).toContain(ends.find((end) => end !== 'complete'))
    expect(await written()).toMatchObject({ states: 3, records: 3 })
    expect((await runnerFor(database).validate()).valid).toBe(true)
  })

  test('of the same epoch do no song twice', async () => {
    const run = await played.takeUpRun()
    gate = await closeGate(database.sql, 'public.song_tags')
    const slow = played.batch(run)
    await gate.reached()
    // The songs are locked: the other skips them instead of waiting, and is told that it did.
    expect(await played.batch(run)).toMatchObject({ outcome: 'done', songs: 0, skipped: 3 })
    await gate.open()
    expect(await slow).toMatchObject({ outcome: 'done', songs: 3 })
    expect(await played.batch(run)).toMatchObject({ outcome: 'done', songs: 0, skipped: 0 })
  })

  /** Stores the plan of the songs without starting a run. */
  async function preparedPlan(): Promise<[string]> {
    const entries = (await runnerFor(database).preview()).plan.entries
    const hash = 'abcdef0123456789'.repeat(4)
    await played.ask('tag_migration_add_plan', {
      p_hash: hash,
      p_plan: JSON.parse(
        JSON.stringify({ entries: entries.map((one) => ({ ...one, tags: [one.tag], needsReview: false })) }),
      ),
    })
    return [hash]
  }
})

describe('people at work', () => {
  test('a batch waits for nobody who holds a song: it does the others and says how many it skipped', async () => {
    const [held = ''] = await addSongs(database.sql, [['Grace'], ['Grace'], ['Grace']])
    const run = await played.takeUpRun()
    const { sql } = await person()
    await sql`update public.songs set title = 'Under edit' where id = ${held}`
    expect(await played.batch(run)).toMatchObject({ outcome: 'done', songs: 2, skipped: 1 })
    await sql`commit`
    expect(await played.batch(run)).toMatchObject({ outcome: 'done', songs: 1, skipped: 0 })
  })

  test('a batch whose time is over ends after the step that it is at, and says how far it came', async () => {
    const songs = (
      await addSongs(
        database.sql,
        Array.from({ length: 40 }, (_, n) => [`Theme ${n}`]),
      )
    ).toSorted()
    const run = await played.takeUpRun()
    expect(await played.batch(run, { budgetMs: 0 })).toMatchObject({
      outcome: 'done',
      songs: 21,
      themes: 21,
      links: 21,
      skipped: 0,
      last: songs[20],
    })
    expect(await played.batch(run, { budgetMs: 60_000 })).toMatchObject({
      songs: 19,
      links: 19,
      last: songs[39],
    })
    expect(await runnerFor(database, { unfinished: 'resume' }).run()).toMatchObject({
      phase: 'complete',
      checks: expect.not.arrayContaining([expect.objectContaining({ ok: false })]),
    })
  })

  test('a run gives up, resumable, when a song stays held', async () => {
    const [held = ''] = await addSongs(database.sql, [['Grace'], ['Grace']])
    const { sql } = await person()
    await sql`select from public.songs where id = ${held} for update`
    await expect(runnerFor(database).run()).rejects.toMatchObject({
      code: 'songs-held',
      message: '1 songs are held by somebody who is editing them.',
    })
    await sql`rollback`
    expect(await runnerFor(database).run()).toMatchObject({ phase: 'complete', processedCount: 2 })
  })

  test('a rollback gives up, resumable, when a song stays held', async () => {
    const [held = ''] = await addSongs(database.sql, [['Grace'], ['Grace']])
    await runnerFor(database).run()
    const { sql } = await person()
    await sql`select from public.songs where id = ${held} for update`
    const back = () =>
      runnerFor(database).rollbackManager.rollback(null, true, {
        worker: 'test',
        sizer: new BatchSizer(100, 30),
      })
    await expect(back()).rejects.toMatchObject({ code: 'songs-held' })
    await sql`rollback`
    expect(await back()).toMatchObject({ phase: 'rolled-back', restoredCount: 2 })
  })

  test('a person who tags or untags a song waits for the batch that has read it, and nothing is lost', async () => {
    const [song = ''] = await addSongs(database.sql, [['Grace']])
    await database.sql`insert into public.song_tags (song_id, tag_id) select ${song}, id from public.tags where name = 'Advent'`
    const run = await played.takeUpRun()
    gate = await closeGate(database.sql, 'public.song_tags')
    const working = played.batch(run)
    const worker = await gate.reached()

    const tagging = await person()
    const untagging = await person()
    const ends: string[] = []
    const thenCommit = (name: string, sql: ReservedSql) => async () => {
      ends.push(name)
      await sql`commit`
    }
    const tagged = tagging.sql`
      insert into public.song_tags (song_id, tag_id) select ${song}, id from public.tags where name = 'Easter'`.then(
      thenCommit('tagged', tagging.sql),
    )
    await waitsFor(database.sql, tagging.pid, worker)
    // The second waits behind the first.
    const untagged = untagging.sql`
      delete from public.song_tags
      where song_id = ${song} and tag_id = (select id from public.tags where name = 'Advent')`.then(
      thenCommit('untagged', untagging.sql),
    )
    await untilBlocked(untagging.pid)
    expect(ends).toEqual([])
    await gate.open()
    await Promise.all([working, tagged, untagged])
    // The batch saw Advent, and what both people did came after it.
    const [order] = await database.sql`
      select (select array_agg(t.name order by t.name) from public.song_tags as l join public.tags as t on t.id = l.tag_id) as names,
        (select array_agg(t.name) from tag_migration.journal as j cross join unnest(j.tags_before) as e (id) join public.tags as t on t.id = e.id) as found`
    expect(order).toMatchObject({ names: ['Easter', 'Grace'], found: ['Advent'] })
    expect(await working).toMatchObject({ outcome: 'done', songs: 1, links: 1 })
  })

  test('a batch finds the tags of a person who was faster', async () => {
    const [song = ''] = await addSongs(database.sql, [['Grace']])
    const run = await played.takeUpRun()
    const { sql } = await person()
    await sql`insert into public.song_tags (song_id, tag_id) select ${song}, id from public.tags where name = 'Grace'`
    expect(await played.batch(run)).toMatchObject({ songs: 0, skipped: 1 })
    await sql`commit`
    expect(await played.batch(run)).toMatchObject({ songs: 1, links: 0 })
  })

  test('pausing waits for the batch in flight, whose work counts, and ends the next', async () => {
    await addSongs(database.sql, [['Grace'], ['Mercy']])
    const run = await played.takeUpRun()
    gate = await closeGate(database.sql, 'public.song_tags')
    const working = played.batch(run)
    const worker = await gate.reached()
    const { sql, pid } = await person()
    const pausing = sql<{ answer: { outcome: string } }[]>`
      select public.tag_migration_transition(${run.id}, ${run.epoch}, 'paused') as answer`.then(
      ([row]) => row,
    )
    await waitsFor(database.sql, pid, worker)
    await gate.open()
    expect(await working).toMatchObject({ outcome: 'done', songs: 2 })
    expect((await pausing)?.answer).toMatchObject({ outcome: 'moved', run: { status: 'paused', songs: 2 } })
    await sql`commit`
    expect(await played.batch(run)).toMatchObject({ outcome: 'fenced', status: 'paused', epoch: run.epoch })
  })

  test('a link that a batch has just made can be removed, and a song deleted, before anything is counted', async () => {
    const [untagged = '', deleted = ''] = await addSongs(database.sql, [['Grace'], ['Grace'], ['Grace']])
    const run = await played.takeUpRun()
    await played.batch(run)
    await database.sql`delete from public.song_tags where song_id = ${untagged}`
    await database.sql`delete from public.songs where id = ${deleted}`
    await played.ask('tag_migration_fold', { p_run: run.id })
    const [tag] = await database.sql`select usage_count::integer as n from public.tags where name = 'Grace'`
    expect(tag).toEqual({ n: 1 })
  })

  test('a run that is paused or fails leaves the usage counts exact', async () => {
    await addSongs(
      database.sql,
      Array.from({ length: 5 }, () => ['Grace']),
    )
    const counted = async () => {
      const [tag] = await database.sql<{ n: number }[]>`
        select usage_count::integer as n from public.tags where name = 'Grace'`
      return tag?.n
    }
    const stop = new AbortController()
    const stopping = fetchAnd(database, 'tag_migration_batch', () => stop.abort())
    await runnerFor(database, { batchSize: 1, signal: stop.signal }, stopping).run()
    expect(await counted()).toBe(1)

    await addUnsyncedSongs(
      database.sql,
      Array.from({ length: 20 }, () => ['Mercy']),
    )
    await database.sql.unsafe(`
      create function public.refuse_mercy() returns trigger language plpgsql as $$
      begin
        if new.tag_id = (select id from public.tags where name = 'Mercy') then raise exception 'No mercy.'; end if;
        return new;
      end $$;
      create trigger refuse_mercy before insert on public.song_tags for each row execute function public.refuse_mercy()`)
    const failing = runnerFor(database, { errorLimits: { atLeast: 15, share: 0 } }).run()
    await expect(failing).rejects.toMatchObject({ code: 'too-many-errors' })
    const [links] = await database.sql<{ n: number }[]>`select count(*)::integer as n from public.song_tags`
    expect(await counted()).toBe(links?.n)
    await database.sql.unsafe(
      'drop trigger refuse_mercy on public.song_tags; drop function public.refuse_mercy()',
    )
  })

  test('folding the usage counts waits for nobody’s batch, and twice adds nothing', async () => {
    await addSongs(database.sql, [['Grace'], ['Grace']])
    const run = await played.takeUpRun()
    await played.batch(run, { limit: 1 })
    await played.batch(run)
    const fold = () => database.serviceClient.rpc('tag_migration_fold', { p_run: run.id })
    const counted = async () =>
      (await database.sql`select usage_count::integer as n from public.tags where name = 'Grace'`)[0]
    expect((await Promise.all([fold(), fold()])).map(({ data }) => data)).toEqual([0, 0])
    expect(await counted()).toEqual({ n: 2 })
    expect((await fold()).data).toBe(0)
    expect(await counted()).toEqual({ n: 2 })
  })

  test('usage counts are folded some tags at a time, and what is owed meanwhile is no difference', async () => {
    await addSongs(database.sql, [['Grace'], ['Grace', 'Mercy'], ['Hope']])
    const run = await played.takeUpRun()
    await played.batch(run)
    const wrong = async () => {
      const [found] = await database.sql<{ tags: number; differing: number }[]>`
        select (
            select count(*)::integer from public.tags as t
            where t.usage_count <> (select count(*) from public.song_tags as l where l.tag_id = t.id)
          ) as tags,
          (public.tag_migration_validate_tags() -> 'differing')::integer as differing`
      return found
    }
    expect(await wrong()).toEqual({ tags: 3, differing: 0 })
    for (const left of [2, 1, 0]) {
      expect(await played.ask('tag_migration_fold', { p_run: run.id, p_tags: 1 })).toBe(left)
      expect(await wrong()).toEqual({ tags: left, differing: 0 })
    }
  })

  test('themes edited between the survey and the batch are migrated as they are then', async () => {
    const [song = '', other = ''] = await addSongs(database.sql, [['Grace'], ['Mercy']])
    const result = await runnerFor(database, {
      onPlan: async () => {
        await database.sql`update public.songs set themes = '{Mercy,"Never seen",---}' where id = ${song}`
      },
    }).run()
    expect(result).toMatchObject({ phase: 'complete', processedCount: 2, errors: [] })
    expect(await tagsBySong(database.sql)).toEqual(
      new Map(
        [
          [song, ['Mercy', 'Never seen']],
          [other, ['Mercy']],
        ].toSorted() as [string, string[]][],
      ),
    )
    const [tag] = await database.sql`select needs_review from public.tags where name = 'Never seen'`
    expect(tag).toEqual({ needs_review: true })
  })

  test('songs that come and go in the middle of a run neither stop it nor are missed', async () => {
    const [gone = ''] = await addSongs(database.sql, [['Grace'], ['Mercy'], ['Hope']])
    // The first id of all and the last: before the cursor and after it.
    const [early, late] = ['00000000-0000-4000-8000-000000000001', 'ffffffff-ffff-4fff-bfff-ffffffffffff']
    let meddling: Promise<unknown> | undefined
    const meddlingFetch = fetchAnd(database, 'tag_migration_batch', () => {
      meddling ??= database.sql.begin(async (sql) => {
        await sql`insert into public.songs (id, title, themes) values (${early}, 'Early', '{Grace}'), (${late}, 'Late', '{New}')`
        await sql`delete from public.songs where id = ${gone}`
      })
      return meddling
    })
    const result = await runnerFor(database, { batchSize: 1 }, meddlingFetch).run()
    expect(result).toMatchObject({ phase: 'complete', errors: [] })
    const tags = await tagsBySong(database.sql)
    expect(tags.get(early)).toEqual(['Grace'])
    expect(tags.get(late)).toEqual(['New'])
    expect(tags.has(gone)).toBe(false)
    expect(tags.size).toBe(4)
  })
})

/** Resolves when this server process waits for a lock. */
async function untilBlocked(pid: number): Promise<void> {
  for (;;) {
    const [row] = await database.sql<{ blocked: boolean }[]>`
      select cardinality(pg_catalog.pg_blocking_pids(${pid})) > 0 as blocked`
    if (row?.blocked) return
  }
}
