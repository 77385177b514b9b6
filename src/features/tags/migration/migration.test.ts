import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  addSongs,
  addUnsyncedSongs,
  runnerFor,
  type Themes,
  tagsBySong,
  themesBySong,
} from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { BatchSizer } from './batchSizer.ts'

const MESSY: Themes[] = [
  null,
  [],
  ['Grace'],
  ['grace', ' GRACE ', 'Grace'],
  ['Xmas', null, ''],
  ['   '],
  ['Grace/Mercy'],
  ['praise; joy'],
  ['Thanksgivng'],
  ['---'],
  ['x'.repeat(120)],
  ['Café', 'Cafe\u0301'],
  ['hip-hop', 'hip hop', 'hiphop'],
  ['Lent', 'Lend'],
  ['NULL', '"quoted"', 'back\\slash', '{brace}', 'com,ma'],
]

let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase()
})
afterEach(() => database.drop())

describe('forward', () => {
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
        if (phase === 'migrating')
          added ??= addSongs(database.sql, [['Brand new\ttheme', 'x'.repeat(60), ' ']])
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
})

describe('usage counts', () => {
  test('are exact after a migration, a rollback and what people do in between', async () => {
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
})

describe('back', () => {
  const sizer = () => new BatchSizer(100, 30)

  test('forward and exactly back is the identity; twice back does nothing; forward again certifies the same', async () => {
    await addSongs(database.sql, MESSY)
    const themes = await themesBySong(database.sql)
    const tables = async () => [
      await database.sql`select * from public.songs order by id`,
      await database.sql`select id, name, category, is_standard from public.tags order by id`,
      await database.sql`select * from public.song_tags order by song_id, tag_id`,
      await database.sql`select * from tag_migration.song_state`,
    ]
    const before = await tables()
    const first = await runnerFor(database).run()
    const manager = runnerFor(database).rollbackManager

    const back = await manager.rollback(null, true, { worker: 'test', sizer: sizer() })
    expect(back).toMatchObject({
      phase: 'rolled-back',
      restoredCount: MESSY.length,
      linksRemoved: first.linksCreated,
      tagsRemoved: first.tagsCreated,
      conflicts: [],
      alreadyRolledBack: false,
    })
    expect(await tables()).toEqual(before)
    expect(await themesBySong(database.sql)).toEqual(themes)

    const again = await manager.rollback(null, true, { worker: 'test', sizer: sizer() })
    expect(again).toMatchObject({
      restoredCount: 0,
      linksRemoved: 0,
      tagsRemoved: 0,
      alreadyRolledBack: true,
    })
    expect(await tables()).toEqual(before)
    expect((await runnerFor(database).validate()).valid).toBe(true)

    const second = await runnerFor(database).run()
    expect(second.certificate).toBe(first.certificate)
    expect(second.runId).not.toBe(first.runId)
  })

  test('the default keeps an edit of the themes, the exact one restores and lists it', async () => {
    const [song = ''] = await addSongs(database.sql, [['Grace', null], ['Mercy']])
    await runnerFor(database).run()
    await database.sql`update public.songs set themes = '{Edited}' where id = ${song}`
    const manager = runnerFor(database).rollbackManager
    await manager.rollback(null, false, { worker: 'test', sizer: sizer() })
    expect((await themesBySong(database.sql)).get(song)).toBe('{Edited}')
    expect([...(await tagsBySong(database.sql)).values()]).toEqual([['Edited']])

    await database.sql`update public.songs set themes = array['Grace', null] where id = ${song}`
    await runnerFor(database).run()
    await database.sql`update public.songs set themes = '{Edited}' where id = ${song}`
    const conflict = {
      kind: 'themes-overwritten',
      songId: song,
      found: ['Edited'],
      restored: ['Grace', null],
    }
    expect((await manager.plan(null, true)).conflicts).toEqual([conflict])
    const back = await manager.rollback(null, true, { worker: 'test', sizer: sizer() })
    expect(back.conflicts).toEqual([conflict])
    expect((await themesBySong(database.sql)).get(song)).toBe('{Grace,NULL}')
  })

  test('without a name it takes back the newest run that stands, then the one before', async () => {
    const [first = ''] = await addSongs(database.sql, [['Grace']])
    const one = await runnerFor(database).run()
    await addUnsyncedSongs(database.sql, [['Mercy']])
    const two = await runnerFor(database).run()
    const manager = runnerFor(database).rollbackManager
    const options = { worker: 'test', sizer: sizer() }
    expect((await manager.rollback(null, false, options)).runId).toBe(two.runId)
    expect([...(await tagsBySong(database.sql)).keys()]).toEqual([first])
    expect(await manager.rollback(null, false, options)).toMatchObject({ runId: one.runId, restoredCount: 1 })
    expect((await tagsBySong(database.sql)).size).toBe(0)
    expect((await manager.rollback(null, false, options)).alreadyRolledBack).toBe(true)
  })

  test('exact restores an array that somebody made two-dimensional meanwhile', async () => {
    const [song = ''] = await addSongs(database.sql, [['Grace']])
    await runnerFor(database).run()
    await database.sql`update public.songs set themes = '{{Hope,Faith},{Joy,NULL}}' where id = ${song}`
    const found = [
      ['Hope', 'Faith'],
      ['Joy', null],
    ]
    const manager = runnerFor(database).rollbackManager
    const conflict = { kind: 'themes-overwritten', songId: song, found, restored: ['Grace'] }
    expect((await manager.plan(null, true)).conflicts).toContainEqual(conflict)
    const back = await manager.rollback(null, true, { worker: 'test', sizer: sizer() })
    expect(back.conflicts).toContainEqual(conflict)
    expect((await themesBySong(database.sql)).get(song)).toBe('{Grace}')
  })

  test('exact restores a link that a person removed and removes one that a person made, and lists it', async () => {
    const [song = ''] = await addSongs(database.sql, [['Grace']])
    const link = (name: string) =>
      database.sql`insert into public.song_tags (song_id, tag_id) select ${song}, id from public.tags where name = ${name}`
    await link('Advent')
    await runnerFor(database).run()
    await database.sql`delete from public.song_tags where tag_id = (select id from public.tags where name = 'Advent')`
    await link('Easter')
    const back = await runnerFor(database).rollbackManager.rollback(null, true, {
      worker: 'test',
      sizer: sizer(),
    })
    expect(back.conflicts).toEqual([
      { kind: 'themes-overwritten', songId: song, found: ['Grace', 'Easter'], restored: ['Grace'] },
      { kind: 'link-removed', songId: song, tag: 'Easter' },
      { kind: 'link-restored', songId: song, tag: 'Advent' },
    ])
    expect((await tagsBySong(database.sql)).get(song)).toEqual(['Advent'])
  })

  test('a tag that the run made and a person uses, renamed or promoted is kept and listed', async () => {
    const [song = ''] = await addSongs(database.sql, [
      ['Alpha one'],
      ['Beta two'],
      ['Gamma three'],
      ['Delta four'],
    ])
    await runnerFor(database).run()
    await database.sql`insert into public.song_tags (song_id, tag_id) select ${song}, id from public.tags where name = 'Beta two'`
    await database.sql`update public.tags set name = 'Gamma renamed' where name = 'Gamma three'`
    await database.sql`update public.tags set is_standard = true where name = 'Delta four'`
    const back = await runnerFor(database).rollbackManager.rollback(null, false, {
      worker: 'test',
      sizer: sizer(),
    })
    expect(back.conflicts).toEqual([
      { kind: 'tag-kept', tag: 'Beta two', reason: 'linked' },
      { kind: 'tag-kept', tag: 'Delta four', reason: 'promoted' },
      { kind: 'tag-kept', tag: 'Gamma renamed', reason: 'renamed' },
    ])
    expect(back.tagsRemoved).toBe(1)
    expect((await tagsBySong(database.sql)).get(song)).toEqual(['Beta two'])
  })

  test('a deleted song stays deleted and does not stop the way back', async () => {
    const [gone = ''] = await addSongs(database.sql, [['Grace'], ['Mercy']])
    await runnerFor(database).run()
    await database.sql`delete from public.songs where id = ${gone}`
    const back = await runnerFor(database).rollbackManager.rollback(null, true, {
      worker: 'test',
      sizer: sizer(),
    })
    expect(back).toMatchObject({ restoredCount: 1, phase: 'rolled-back' })
    expect([...(await themesBySong(database.sql)).keys()]).not.toContain(gone)
    const [record] =
      await database.sql`select themes, deleted_at from tag_migration.journal where song_id = ${gone}`
    expect(record?.themes).toEqual(['Grace'])
    expect(record?.deleted_at).not.toBeNull()
  })

  test('an interrupted rollback goes on where it stopped, in the form it was begun', async () => {
    await addSongs(
      database.sql,
      Array.from({ length: 60 }, () => ['Grace', 'Some custom theme']),
    )
    await runnerFor(database).run()
    const manager = runnerFor(database).rollbackManager
    const stop = new AbortController()
    const options = { worker: 'test', sizer: new BatchSizer(10, 0.001), signal: stop.signal }
    const part = await manager.rollback(null, true, { ...options, onBatch: () => stop.abort() })
    expect(part).toMatchObject({ phase: 'paused', restoredCount: 10 })
    await expect(manager.rollback(null, false, { worker: 'test', sizer: sizer() })).rejects.toMatchObject({
      code: 'busy',
    })
    await expect(runnerFor(database).run()).rejects.toMatchObject({ code: 'busy' })

    const rest = await manager.rollback(null, true, { worker: 'test', sizer: sizer() })
    expect(rest).toMatchObject({ phase: 'rolled-back', restoredCount: 60, linksRemoved: 120, tagsRemoved: 1 })
    expect((await tagsBySong(database.sql)).size).toBe(0)
  })

  test('there is nothing to roll back before the first run', async () => {
    await expect(runnerFor(database).rollbackManager.plan(null, false)).rejects.toMatchObject({
      code: 'unknown-run',
    })
  })
})
