import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  addSongs,
  runnerFor,
  tagsBySong,
  themesBySong,
} from '../../../../scripts/testing/migrationFixture.ts'
import {
  emptyDatabase,
  mergeTags,
  planRollback,
  rollBack,
  sortedConflicts,
  tag,
  unmergeTag,
  untag,
} from '../../../../scripts/testing/rollbackFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { BatchSizer } from './batchSizer.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
afterEach(() => emptyDatabase(database))

const migrate = async () => {
  const result = await runnerFor(database, { validateChecksum: false }).run()
  expect(result.phase).toBe('complete')
  return result
}
const tagNames = async () =>
  (await database.sql`select name from public.tags where not is_standard order by name collate "C"`).map(
    (row) => row.name,
  )

describe('conflicts', () => {
  test('that a lost answer told of are in the final list all the same', async () => {
    const songs = await addSongs(database.sql, [['Grace'], ['Mercy'], ['Own theme']])
    await migrate()
    for (const song of songs)
      await database.sql`update public.songs set themes = '{Edited}' where id = ${song}`
    let lost = 0
    const losing: typeof fetch = async (input, init) => {
      const response = await database.fetch(input, init)
      if (!String(input instanceof Request ? input.url : input).endsWith('rollback_batch') || lost > 0) {
        return response
      }
      lost += 1
      throw new TypeError('The connection was lost after the batch was committed.')
    }
    const back = await rollBack(database, { exact: true, fetch: losing })
    expect(lost).toBe(1)
    expect(back).toMatchObject({ phase: 'rolled-back', restoredCount: 3 })
    expect(back.conflicts.filter((one) => one.kind === 'themes-overwritten')).toHaveLength(3)
  })

  test('that an interrupted session met are in the final list of the next, and once', async () => {
    const songs = await addSongs(
      database.sql,
      Array.from({ length: 30 }, (_, n) => [`Own ${n}`]),
    )
    await migrate()
    for (const song of songs)
      await database.sql`update public.songs set themes = '{Edited}' where id = ${song}`
    const stop = new AbortController()
    const part = await rollBack(database, {
      exact: true,
      sizer: new BatchSizer(10, 0.001),
      signal: stop.signal,
      onBatch: () => stop.abort(),
    })
    const overwritten = (conflicts: typeof part.conflicts) =>
      conflicts.filter((one) => one.kind === 'themes-overwritten')
    expect(part.phase).toBe('paused')
    expect(overwritten(part.conflicts)).toHaveLength(10)
    const plan = await planRollback(database, { exact: true })
    const back = await rollBack(database, { exact: true })
    expect(overwritten(back.conflicts)).toHaveLength(30)
    expect(sortedConflicts(plan.conflicts)).toEqual(sortedConflicts(back.conflicts))
    // Whoever lost the last answer asks again.
    expect((await rollBack(database, { exact: true })).conflicts).toEqual(back.conflicts)
  })

  test('are read in pages, however many', async () => {
    const songs = await addSongs(
      database.sql,
      Array.from({ length: 1200 }, () => ['Grace']),
    )
    await migrate()
    await database.sql.begin(async (sql) => {
      // Kept in step, so many edits at once would take long; what is tested here is the list.
      await sql`select set_config('tag_migration.engine', 'on', true)`
      await sql`update public.songs set themes = '{Edited}'`
    })
    const back = await rollBack(database, { exact: true })
    const overwritten = back.conflicts.filter((one) => one.kind === 'themes-overwritten')
    expect(new Set(overwritten.map((one) => one.songId))).toEqual(new Set(songs))
  })

  test('of an erased song are erased with its before-image', async () => {
    const [song = ''] = await addSongs(database.sql, [['Very private']])
    await migrate()
    await database.sql`update public.songs set themes = '{Edited}' where id = ${song}`
    await rollBack(database, { exact: true })
    await database.sql`select public.tag_migration_forget_song(${song})`
    expect(await database.sql`select from tag_migration.rollback_conflict where song_id = ${song}`).toEqual(
      [],
    )
  })
})

describe('by default', () => {
  test('themes stay, the links of the run go, and what people made or unmade stays so', async () => {
    const [untouched = '', untagged = '', tagged = '', before = '', edited = ''] = await addSongs(
      database.sql,
      [['Grace'], ['Grace'], ['Grace'], ['Grace', 'Hope'], ['Grace']],
    )
    await tag(database.sql, before, 'Mercy')
    await tag(database.sql, before, 'Hope')
    await migrate()
    await untag(database.sql, untagged, 'Grace')
    await tag(database.sql, tagged, 'Easter')
    await untag(database.sql, before, 'Mercy')
    await database.sql`update public.songs set themes = '{Joy}' where id = ${edited}`
    const themes = await themesBySong(database.sql)

    expect(await rollBack(database)).toMatchObject({ phase: 'rolled-back', conflicts: [] })
    expect(await themesBySong(database.sql)).toEqual(themes)
    expect(themes.get(untagged)).toBe('{}')
    expect(themes.get(tagged)).toBe('{Grace,Easter}')
    const tags = await tagsBySong(database.sql)
    expect(tags.has(untouched)).toBe(false)
    expect(tags.has(untagged)).toBe(false)
    expect(tags.get(tagged)).toEqual(['Easter'])
    expect(tags.get(before)).toEqual(['Hope'])
    expect(tags.get(edited)).toEqual(['Joy'])
  })

  test('a link of the run that was merged into another tag is the run’s still, and that of a person is hers', async () => {
    const [ours = '', hers = '', had = ''] = await addSongs(database.sql, [['Grace'], ['Grace'], ['Grace']])
    await tag(database.sql, had, 'Mercy')
    await migrate()
    await tag(database.sql, hers, 'Mercy')
    await mergeTags(database.sql, 'Grace', 'Mercy')
    expect([...(await tagsBySong(database.sql)).values()]).toEqual([['Mercy'], ['Mercy'], ['Mercy']])

    expect(await rollBack(database)).toMatchObject({ linksRemoved: 1 })
    const tags = await tagsBySong(database.sql)
    expect(tags.has(ours)).toBe(false)
    expect(tags.get(hers)).toEqual(['Mercy'])
    expect(tags.get(had)).toEqual(['Mercy'])
  })

  test('a link of the run goes, too, when its tag was merged before the batch and is separate again', async () => {
    const [song = ''] = await addSongs(database.sql, [['Grace']])
    const stop = new AbortController()
    await runnerFor(database, {
      signal: stop.signal,
      progressCallback: ({ phase }) => phase === 'migrating' && stop.abort(),
    }).run()
    await mergeTags(database.sql, 'Grace', 'Mercy')
    await migrate()
    expect((await tagsBySong(database.sql)).get(song)).toEqual(['Mercy'])
    await unmergeTag(database.sql, 'Grace')
    expect(await rollBack(database)).toMatchObject({ linksRemoved: 1 })
    expect((await tagsBySong(database.sql)).size).toBe(0)
  })

  test('a tag that a person linked, renamed, merged, banned or promoted is kept, with the reason', async () => {
    const [song = ''] = await addSongs(database.sql, [
      ['Alpha one', 'Beta two', 'Gamma three', 'Delta four', 'Epsilon five', 'Zeta six', 'Eta seven'],
      ['Theta eight'],
    ])
    await migrate()
    const other = (await database.sql`insert into public.songs (title) values ('Other') returning id`)[0]?.id
    await tag(database.sql, other, 'Alpha one')
    await database.sql`update public.tags set name = 'Beta renamed' where name = 'Beta two'`
    await mergeTags(database.sql, 'Gamma three', 'Delta four')
    await database.sql`update public.tags set banned_at = now() where name = 'Epsilon five'`
    await database.sql`update public.tags set is_standard = true where name = 'Zeta six'`
    await database.sql`insert into public.tag_synonyms (tag_id, name) select id, 'Seventh' from public.tags where name = 'Eta seven'`
    const plan = await planRollback(database)
    const back = await rollBack(database)
    expect(back.conflicts).toEqual([
      { kind: 'tag-kept', tag: 'Alpha one', reason: 'linked' },
      { kind: 'tag-kept', tag: 'Beta renamed', reason: 'renamed' },
      { kind: 'tag-kept', tag: 'Delta four', reason: 'merged' },
      { kind: 'tag-kept', tag: 'Epsilon five', reason: 'banned' },
      { kind: 'tag-kept', tag: 'Eta seven', reason: 'synonyms added' },
      { kind: 'tag-kept', tag: 'Gamma three', reason: 'merged' },
      { kind: 'tag-kept', tag: 'Zeta six', reason: 'promoted' },
    ])
    expect(sortedConflicts(plan.conflicts)).toEqual(sortedConflicts(back.conflicts))
    expect(back.tagsRemoved).toBe(1)
    expect(plan.tagsToRemove).toBe(1)
    expect((await tagsBySong(database.sql)).has(song)).toBe(false)
    await database.sql`update public.tags set is_standard = false where name = 'Zeta six'`
  })

  test('a tag that a later run uses is kept until that one is taken back, too', async () => {
    await addSongs(database.sql, [['Own theme']])
    const first = await migrate()
    await database.sql`update tag_migration.sync set is_on = false`
    await addSongs(database.sql, [['Own theme']])
    const second = await migrate()
    expect(second.runId).not.toBe(first.runId)
    const back = await rollBack(database, { runId: first.runId })
    expect(back.conflicts).toEqual([{ kind: 'tag-kept', tag: 'Own theme', reason: 'used by another run' }])
    expect(await tagNames()).toEqual(['Own theme'])
    expect(await rollBack(database, { runId: second.runId })).toMatchObject({ conflicts: [], tagsRemoved: 1 })
    expect(await tagNames()).toEqual([])
  })

  test('a tag that cannot be removed is kept with what stood in the way; the others go', async () => {
    await addSongs(database.sql, [['Own one'], ['Own two']])
    await migrate()
    await database.sql.unsafe(`
      create function public.keep_tag() returns trigger language plpgsql as $$
      begin
        if old.name = 'Own one' then raise exception 'Not this one'; end if;
        return old;
      end $$;
      create trigger keep_tag before delete on public.tags for each row execute function public.keep_tag()`)
    try {
      expect(await rollBack(database)).toMatchObject({
        phase: 'rolled-back',
        tagsRemoved: 1,
        conflicts: [{ kind: 'tag-kept', tag: 'Own one', reason: 'it could not be removed: Not this one' }],
      })
      expect(await tagNames()).toEqual(['Own one'])
    } finally {
      await database.sql.unsafe('drop trigger keep_tag on public.tags; drop function public.keep_tag()')
    }
  })

  test('a tag that a session kept is judged again by the next', async () => {
    await addSongs(database.sql, [['Own theme']])
    await migrate()
    const [other] = await database.sql<{ id: string }[]>`
      insert into public.songs (title) values ('Other') returning id`
    await tag(database.sql, other?.id ?? '', 'Own theme')
    const cutOff: typeof fetch = async (input, init) => {
      if (String(input instanceof Request ? input.url : input).endsWith('rollback_finish')) {
        throw new TypeError('The connection was lost.')
      }
      return database.fetch(input, init)
    }
    await expect(rollBack(database, { fetch: cutOff })).rejects.toMatchObject({ code: 'unreachable' })
    expect(await tagNames()).toEqual(['Own theme'])
    await untag(database.sql, other?.id ?? '', 'Own theme')
    expect(await rollBack(database)).toMatchObject({ conflicts: [], tagsRemoved: 1 })
    expect(await tagNames()).toEqual([])
  })
})
