import type { ReservedSql } from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeGate, type Gate, waitsFor } from '../../../../scripts/testing/gate.ts'
import {
  addSongs,
  addUnsyncedSongs,
  fetchAnd,
  runnerFor,
} from '../../../../scripts/testing/migrationFixture.ts'
import {
  beginMigration,
  migrate,
  outOfStep,
  planAsProposed,
  seeSong,
  tagNamed,
} from '../../../../scripts/testing/syncFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { BEFORE_ALL } from './migrationDatabase.ts'

interface Person {
  sql: ReservedSql
  pid: number
}

let database: TestDatabase
let gate: Gate | undefined
const people: Person[] = []

beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(async () => {
  await addSongs(database.sql, [['Grace', 'Mercy', 'Hope', 'Joy']])
})
afterEach(async () => {
  await gate?.open()
  for (const { sql } of people.splice(0)) {
    await sql`rollback`
    sql.release()
  }
  await gate?.remove()
  gate = undefined
  const problems = await outOfStep(database.sql)
  await database.sql`truncate public.songs, tag_migration.run, tag_migration.journal, tag_migration.song_state cascade`
  await database.sql`truncate tag_migration.tag_merge`
  await database.sql`update public.tags set merged_into = null, usage_count = 0 where merged_into is not null or usage_count <> 0`
  await database.sql`delete from public.tags where not is_standard`
  expect(problems).toEqual([])
})
afterAll(() => database.drop())

/** Somebody in the middle of a transaction. */
async function person(isolation = 'read committed'): Promise<Person> {
  const sql = await database.sql.reserve()
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`
  const somebody = { sql, pid: row?.pid ?? 0 }
  people.push(somebody)
  await sql.unsafe(`begin isolation level ${isolation}`)
  return somebody
}

/** Begins the statement, and resolves once its server process waits for the other's. */
async function startsToWait<T>(waiting: Person, holding: Person | number, statement: PromiseLike<T>) {
  const end = statement.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
  await waitsFor(database.sql, waiting.pid, typeof holding === 'number' ? holding : holding.pid)
  return { end }
}

async function add(themes: string | null): Promise<string> {
  const [song] = await database.sql<{ id: string }[]>`
    insert into public.songs (title, themes) values ('A song', ${themes}::text[]) returning id`
  return song?.id ?? ''
}
const see = (song: string) => seeSong(database.sql, song)
const tag = (name: string) => tagNamed(database.sql, name)
const save = ({ sql }: Person, song: string, themes: string) =>
  sql`update public.songs set themes = ${themes}::text[] where id = ${song}`
const link = ({ sql }: Person, song: string, id: string) =>
  sql`insert into public.song_tags (song_id, tag_id) values (${song}, ${id})`

describe('turning sync on', () => {
  const prepare = async (run: string) => {
    const { data } = await database.serviceClient.rpc('tag_migration_prepare', { p_run: run, p_epoch: 1 })
    return data
  }
  const start = async () => {
    const { data } = await database.serviceClient.rpc('tag_migration_start', {
      p_plan_hash: 'ab'.repeat(32),
      p_plan_themes: 0,
      p_total_songs: 1,
      p_options: {},
      p_worker: 'test',
    })
    return (data as { run: { id: string } }).run.id
  }

  test('a write in flight does not escape: the run begins when it has ended', async () => {
    const writer = await person()
    const [song] = await writer.sql<{ id: string }[]>`
      insert into public.songs (title, themes) values ('In flight', '{Grace}') returning id`
    const run = await start()
    expect(await prepare(run)).toEqual({ outcome: 'more', prepared: 0, waiting: 'writers' })
    // Nor is it passed by when the run is interrupted and resumed.
    await database.serviceClient.rpc('tag_migration_transition', { p_run: run, p_epoch: 1, p_to: 'paused' })
    const { data } = await database.serviceClient.rpc('tag_migration_resume', {
      p_run: run,
      p_worker: 'other',
    })
    expect(data).toMatchObject({ outcome: 'resumed', run: { status: 'preparing' } })
    await writer.sql`commit`
    await expect(runnerFor(database, { unfinished: 'resume' }).run()).resolves.toMatchObject({
      phase: 'complete',
      processedCount: 2,
    })
    expect(await see(song?.id ?? '')).toMatchObject({ tags: ['Grace'] })
    // From then on nobody has to be waited for.
    const later = await person()
    await later.sql`insert into public.songs (title, themes) values ('Later', '{Mercy}')`
    await later.sql`commit`
  })

  test('the lock is held for one call only, which does nothing else', async () => {
    const run = await start()
    expect(await prepare(run)).toEqual({ outcome: 'more', prepared: 0 })
    expect(await database.sql`select from tag_migration.run where in_step_at is not null`).toHaveLength(1)
    expect(await prepare(run)).toMatchObject({ outcome: 'ready' })
  })

  test('an older snapshot, which does not show what a batch has done, writes no song', async () => {
    const [song] = await database.sql<{ id: string }[]>`select id from public.songs`
    const reader = await person('repeatable read')
    await reader.sql`select from public.songs`
    await migrate(database)
    await expect(save(reader, song?.id ?? '', '{Hope}')).rejects.toMatchObject({ code: '40001' })
    const late = await person('repeatable read')
    await expect(save(late, song?.id ?? '', '{Hope}')).rejects.toMatchObject({ code: '0A000' })
  })

  test('what is inserted while the plan is being resolved goes by the plan', async () => {
    const [song] = await database.sql<{ id: string }[]>`select id from public.songs`
    await database.sql`update public.songs set themes = '{Grace,"Praise / Night"}'`
    const stop = new AbortController()
    const plan = await planAsProposed(database)
    // The first answer says that no write is in flight any more; no tag is made yet.
    const stopping = fetchAnd(database, 'tag_migration_prepare', () => stop.abort())
    const paused = await runnerFor(database, { plan, signal: stop.signal }, stopping).run()
    expect(paused.phase).toBe('paused')
    expect(await database.sql`select from tag_migration.run_theme where raw = 'Praise / Night'`).toHaveLength(
      0,
    )
    const born = await add('{"Praise / Night"}')
    expect(await see(born)).toMatchObject({ tags: ['Night', 'Praise'] })
    await runnerFor(database).run()
    expect(await see(song?.id ?? '')).toMatchObject({ tags: ['Grace', 'Night', 'Praise'] })
  })
})

describe('two people', () => {
  beforeEach(() => migrate(database))

  test('one tags a song whose themes the other is writing: both stay', async () => {
    const song = await add('{Grace}')
    const [writer, tagger] = [await person(), await person()]
    await save(writer, song, '{Grace,Hope}')
    const { end } = await startsToWait(tagger, writer, link(tagger, song, await tag('Mercy')))
    await writer.sql`commit`
    await end
    await tagger.sql`commit`
    expect(await see(song)).toEqual({
      themes: '{Grace,Hope,Mercy}',
      tags: ['Grace', 'Hope', 'Mercy'],
      version: 3,
    })
  })

  test('one untags what the other writes anew: the last one decides', async () => {
    const song = await add('{Grace}')
    const [writer, untagger] = [await person(), await person()]
    await save(writer, song, '{GRACE,Hope}')
    const { end } = await startsToWait(
      untagger,
      writer,
      untagger.sql`delete from public.song_tags where song_id = ${song}`,
    )
    await writer.sql`commit`
    await end
    await untagger.sql`commit`
    // Hope came after the statement had looked for links.
    expect(await see(song)).toMatchObject({ themes: '{Hope}', tags: ['Hope'] })
  })

  test('both give a song the same tag: the second changes nothing', async () => {
    const song = await add('{Grace}')
    const [first, second] = [await person(), await person()]
    const mercy = await tag('Mercy')
    await link(first, song, mercy)
    const { end } = await startsToWait(second, first, link(second, song, mercy))
    await first.sql`commit`
    expect(await end).not.toHaveProperty('error')
    await second.sql`commit`
    expect(await see(song)).toEqual({ themes: '{Grace,Mercy}', tags: ['Grace', 'Mercy'], version: 2 })
  })

  test('both write the same new theme: one tag comes of it', async () => {
    const songs = [await add(null), await add(null)]
    const [first, second] = [await person(), await person()]
    await save(first, songs[0] ?? '', '{"Brand new"}')
    const { end } = await startsToWait(second, first, save(second, songs[1] ?? '', '{"BRAND  new"}'))
    await first.sql`commit`
    expect(await end).not.toHaveProperty('error')
    await second.sql`commit`
    expect((await see(songs[1] ?? ''))?.tags).toEqual((await see(songs[0] ?? ''))?.tags)
  })

  test('a theme that becomes another tag’s synonym at that moment takes that tag', async () => {
    const song = await add(null)
    const [namer, writer] = [await person(), await person()]
    await namer.sql`insert into public.tag_synonyms (tag_id, name) values (${await tag('Joy')}, 'Glee')`
    const { end } = await startsToWait(writer, namer, save(writer, song, '{glee}'))
    await namer.sql`commit`
    expect(await end).not.toHaveProperty('error')
    await writer.sql`commit`
    expect(await see(song)).toMatchObject({ tags: ['Joy'] })
  })

  test('who exchange the same two tags on two songs do not wait in a ring', async () => {
    const songs = [await add('{Grace}'), await add('{Mercy}')]
    const [first, second] = [await person(), await person()]
    // The first stops between taking one tag away and giving the other.
    gate = await closeGate(database.sql, 'public.song_tags')
    const firstEnds = save(first, songs[0] ?? '', '{Mercy}').then(() => 'done')
    await gate.reached()
    const { end } = await startsToWait(second, first, save(second, songs[1] ?? '', '{Grace}'))
    await gate.open()
    expect(await firstEnds).toBe('done')
    await first.sql`commit`
    expect(await end).not.toHaveProperty('error')
    await second.sql`commit`
  })

  test('who save the same version: the second is told, with the version that stands', async () => {
    const song = await add('{Grace}')
    const [first, second] = [await person(), await person()]
    const saving = ({ sql }: Person) => sql`select public.save_song(${song}, 1, '{"themes": ["Hope"]}')`
    await saving(first)
    const { end } = await startsToWait(second, first, saving(second))
    await first.sql`commit`
    expect(await end).toMatchObject({ error: { code: 'PT409', detail: '{"version": 2}' } })
  })
})

describe('a merge', () => {
  let grace: string
  let mercy: string
  beforeEach(async () => {
    await migrate(database)
    grace = await tag('Grace')
    mercy = await tag('Mercy')
  })
  const merge = ({ sql }: Person) => sql`select public.merge_tags(${grace}, ${mercy})`
  const commit = async (...all: Person[]) => {
    for (const { sql } of all) await sql`commit`
  }

  test('that comes first turns a link under way into one to its root', async () => {
    const song = await add('{Hope}')
    const [moderator, tagger] = [await person(), await person()]
    await merge(moderator)
    const { end } = await startsToWait(tagger, moderator, link(tagger, song, grace))
    await commit(moderator)
    await end
    await commit(tagger)
    expect(await see(song)).toMatchObject({ themes: '{Hope,Mercy}', tags: ['Hope', 'Mercy'] })
  })

  test('that comes second waits for a link under way, and takes it along', async () => {
    const song = await add('{Hope}')
    const [moderator, tagger] = [await person(), await person()]
    await link(tagger, song, grace)
    const { end } = await startsToWait(moderator, tagger, merge(moderator))
    await commit(tagger)
    await end
    await commit(moderator)
    expect(await see(song)).toMatchObject({ themes: '{Hope,Grace}', tags: ['Hope', 'Mercy'] })
  })

  test('and an old client who removes the theme at the same time leave no link behind', async () => {
    const song = await add('{Grace,Hope}')
    const [moderator, writer] = [await person(), await person()]
    await merge(moderator)
    const { end } = await startsToWait(writer, moderator, save(writer, song, '{Hope}'))
    await commit(moderator)
    await end
    await commit(writer)
    expect(await see(song)).toMatchObject({ themes: '{Hope}', tags: ['Hope'] })
  })

  test('into a tag that a person is removing: what was merged into it goes, too', async () => {
    const song = await add('{Grace,Mercy,Hope}')
    const [moderator, untagger] = [await person(), await person()]
    await merge(moderator)
    const { end } = await startsToWait(
      untagger,
      moderator,
      untagger.sql`select public.untag_song(${song}, ${[mercy]}::uuid[])`,
    )
    await commit(moderator)
    await end
    await commit(untagger)
    expect(await see(song)).toMatchObject({ themes: '{Hope}', tags: ['Hope'] })
  })

  test('of a tag that a new song’s theme yields waits for that song', async () => {
    const [moderator, writer] = [await person(), await person()]
    await writer.sql`insert into public.songs (title, themes) values ('New', '{Grace}')`
    const { end } = await startsToWait(moderator, writer, merge(moderator))
    await commit(writer)
    await end
    await commit(moderator)
  })

  test('and a song that is being deleted do not wait for each other', async () => {
    const song = await add('{Grace,Mercy}')
    const [moderator, deleter] = [await person(), await person()]
    await deleter.sql`select from public.songs where id = ${song} for update`
    const { end } = await startsToWait(moderator, deleter, merge(moderator))
    await deleter.sql`delete from public.songs where id = ${song}`
    await commit(deleter)
    expect(await end).not.toHaveProperty('error')
    await commit(moderator)
  })

  test('leaves writers of other tags alone', async () => {
    // Tags are held by the last byte of their random ids: some others share it with these two.
    const [hers, another] = await database.sql<{ id: string; name: string }[]>`
      select t.id::text, t.name from public.tags as t
      where t.is_standard and right(t.id::text, 2) not in (${grace.slice(-2)}, ${mercy.slice(-2)})
      order by t.name collate "C" limit 2`
    if (!hers || !another) throw new Error('There are too few tags.')
    const song = await add(`{"${hers.name}"}`)
    const [moderator, tagger] = [await person(), await person()]
    await merge(moderator)
    await link(tagger, song, another.id)
    await commit(tagger, moderator)
    expect(await see(song)).toMatchObject({ tags: [hers.name, another.name] })
  })
})

describe('while a batch is under way', () => {
  let run: { id: string; epoch: number }
  let working: PromiseLike<unknown>
  let worker: number
  let song: string

  beforeEach(async () => {
    const id = await beginMigration(database)
    await database.sql`select public.tag_migration_resume(${id}, 'test')`
    run = { id, epoch: 2 }
    ;[song = ''] = await addUnsyncedSongs(database.sql, [['Grace']])
    gate = await closeGate(database.sql, 'public.song_tags')
    working = batch().then((answer) => answer)
    worker = await gate.reached()
  })
  const batch = async () => {
    const [row] = await database.sql`
      select public.tag_migration_batch(${run.id}, ${run.epoch}, 100, ${BEFORE_ALL}) as answer`
    return row?.answer
  }
  const ended = async () => {
    await gate?.open()
    expect(await working).toMatchObject({ outcome: 'done', songs: 2 })
  }
  /** As the worker does between batches. */
  const fold = () => database.sql`select public.tag_migration_fold(${run.id})`

  test('an old client’s edit waits for it, and is digested after it', async () => {
    const writer = await person()
    const { end } = await startsToWait(writer, worker, save(writer, song, '{Hope}'))
    await ended()
    await end
    await writer.sql`commit`
    await fold()
    expect(await see(song)).toMatchObject({ themes: '{Hope}', tags: ['Hope'] })
  })

  test('a merge waits for it, and re-roots what it has linked', async () => {
    const moderator = await person()
    const [grace, mercy] = [await tag('Grace'), await tag('Mercy')]
    const { end } = await startsToWait(
      moderator,
      worker,
      moderator.sql`select public.merge_tags(${grace}, ${mercy})`,
    )
    await ended()
    await end
    await moderator.sql`commit`
    await fold()
    expect(await see(song)).toMatchObject({ tags: ['Mercy'] })
  })

  test('a planned tag that nobody has linked yet is not deleted under it', async () => {
    const moderator = await person()
    const hope = await tag('Hope')
    const { end } = await startsToWait(
      moderator,
      worker,
      moderator.sql`delete from public.tags where id = ${hope}`,
    )
    await ended()
    expect(await end).toMatchObject({ error: { code: '23503' } })
    await moderator.sql`rollback`
    await fold()
  })
})
