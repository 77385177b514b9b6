import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  addSongs,
  addUnsyncedSongs,
  runnerFor,
  type Themes,
} from '../../../../scripts/testing/migrationFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import { differencesOf, failed, tamper } from '../../../../scripts/testing/validationFixture.ts'

const SONGS: Themes[] = [['Grace', null, 'Xmas'], ['Mercy', 'mercy'], ['Own theme'], null, []]
const CERTIFICATE_CHECK = 'certificate is the one that was issued'

let database: TestDatabase
let ids: string[]
let certificate: string | null
const song = (index: number) => ids[index] ?? ''
const validate = (id: string | null = null) => runnerFor(database).validate(id)
const linkTo = (songId: string, name: string) => database.sql`
  insert into public.song_tags (song_id, tag_id) select ${songId}, id from public.tags where name = ${name}`

beforeEach(async () => {
  database = await createTestDatabase()
  ids = await addSongs(database.sql, SONGS)
  await linkTo(song(1), 'Advent')
})
afterEach(() => database.drop())

const migrate = async () => {
  const result = await runnerFor(database).run()
  expect(result.phase).toBe('complete')
  certificate = result.certificate
}

async function tagCalled(name: string): Promise<string> {
  const [tag] = await database.sql<{ id: string }[]>`select id from public.tags where name = ${name}`
  if (tag === undefined) throw new Error(`No tag is called ${name}.`)
  return tag.id
}
async function moderate(answer: PromiseLike<{ error: unknown }>): Promise<void> {
  expect((await answer).error).toBeNull()
}
const rename = async (from: string, to: string) =>
  moderate(database.serviceClient.rpc('rename_tag', { p_tag: await tagCalled(from), p_name: to }))
const merge = async (from: string, into: string) =>
  moderate(
    database.serviceClient.rpc('merge_tags', {
      p_from: await tagCalled(from),
      p_into: await tagCalled(into),
    }),
  )
const unmerge = async (name: string) =>
  moderate(database.serviceClient.rpc('unmerge_tag', { p_tag: await tagCalled(name) }))

/** Nothing is amiss, and the certificate is still the one that was issued. */
async function expectSound(notes: string[], found: string | null = certificate): Promise<void> {
  const report = await validate()
  expect(failed(report)).toEqual([])
  expect(report).toMatchObject({ valid: true, certificate: found, notes })
  expect(found).toMatch(/^[0-9a-f]{64}$/)
  expect(report.checks.map((check) => check.name)).toContain(CERTIFICATE_CHECK)
}

describe('a finished run stays valid, with its certificate, after', () => {
  beforeEach(migrate)

  test('nothing at all', () => expectSound([]))

  test('an edit of the themes by an old client', async () => {
    await database.sql`update public.songs set themes = '{Hope,Brand new}' where id = ${song(0)}`
    await expectSound(['1 song edited since: its links follow the edit'])
  })

  test('a theme that was taken away and brought back', async () => {
    await database.sql`update public.songs set themes = '{Hope}' where id = ${song(0)}`
    await database.sql`update public.songs set themes = '{Grace,NULL,Xmas}' where id = ${song(0)}`
    await expectSound([])
  })

  test('tags that people gave and took', async () => {
    await linkTo(song(3), 'Hope')
    await database.sql`
      delete from public.song_tags where song_id = ${song(0)} and tag_id = (select id from public.tags where name = 'Grace')`
    await expectSound(['2 songs edited since: their links follow the edits'])
  })

  test('a link from before that somebody took away: no theme tells of it', async () => {
    await database.sql`
      delete from public.song_tags where song_id = ${song(1)} and tag_id = (select id from public.tags where name = 'Advent')`
    await expectSound(['1 song edited since: its links follow the edit'])
  })

  test('a song that came', async () => {
    await addSongs(database.sql, [['Grace', 'Born']])
    await expectSound([])
  })

  test('a song that was deleted', async () => {
    await database.sql`delete from public.songs where id = ${song(0)}`
    await expectSound(['1 song deleted since: its record stays in the certificate'])
  })

  test('tags that were renamed, and renamed again', async () => {
    await rename('Grace', 'Undeserved kindness')
    await rename('Undeserved kindness', 'Kindness undeserved')
    await rename('Own theme', 'Ours')
    await expectSound(['2 tags renamed since: records keep the names of then'])
  })

  test('a name that was given up and taken by a new tag', async () => {
    await rename('Own theme', 'Ours')
    await database.sql`delete from public.tag_synonyms where name = 'Own theme'`
    await database.sql`insert into public.tags (name) values ('Own theme')`
    await expectSound([])
  })

  test('tags that were merged, and one merge that was undone', async () => {
    await merge('Grace', 'Mercy')
    await merge('Own theme', 'Mercy')
    await unmerge('Own theme')
    await expectSound(['1 tag merged into another since: links lead to the other'])
  })

  test('all of it at once', async () => {
    await rename('Christmas', 'Feast of the birth')
    await merge('Grace', 'Mercy')
    await database.sql`update public.songs set themes = '{Grace,Hope}' where id = ${song(0)}`
    await database.sql`delete from public.songs where id = ${song(2)}`
    await expectSound([
      '1 song edited since: its links follow the edit',
      '1 song deleted since: its record stays in the certificate',
      '1 tag renamed since: records keep the name of then',
      '1 tag merged into another since: links lead to the other',
    ])
  })

  test('a before-image that was erased: the certificate is shown as it was issued, and not compared', async () => {
    await database.sql`delete from public.songs where id = ${song(0)}`
    await database.serviceClient.rpc('tag_migration_forget_song', { p_song: song(0) })
    const report = await validate()
    expect(failed(report)).toEqual([])
    expect(report).toMatchObject({ valid: true, certificate })
    expect(report.notes).toContain('1 before-image erased: the certificate is shown as it was issued')
    expect(report.checks.map((check) => check.name)).not.toContain(CERTIFICATE_CHECK)
  })
})

test('a merge that a batch met, and that was undone since, is no difference', async () => {
  await merge('Grace', 'Mercy')
  await merge('Mercy', 'Hope')
  await migrate()
  await expectSound([])
  await unmerge('Mercy')
  await expectSound([])
  await merge('Mercy', 'Peace')
  await expectSound([])
  await unmerge('Mercy')
  await unmerge('Grace')
  await expectSound([])
})

test('what people wrote over a record is found all the same when a tag was merged', async () => {
  await migrate()
  await merge('Grace', 'Mercy')
  await tamper(
    database.sql,
    (sql) => sql`
      update tag_migration.journal set linked = array(select id from public.tags where name in ('Easter', 'Hope'))
      where song_id = ${song(0)}`,
  )
  const report = await validate()
  expect(differencesOf(report, 'every before-image matches its line, plan and song')).toEqual([
    expect.objectContaining({ songId: song(0), recordMatches: false }),
  ])
})

describe('which runs', () => {
  test('every one that stands is validated, the newest first; one by its id', async () => {
    await migrate()
    const [first] = (await validate()).runs
    const later = await addUnsyncedSongs(database.sql, [['Later']])
    await migrate()
    const both = await validate()
    expect(both).toMatchObject({
      valid: true,
      certificate,
      runs: [
        { runId: both.runId, status: 'complete', songs: 1, valid: true },
        { runId: first?.runId, status: 'complete', songs: 5, certificate: first?.certificate },
      ],
    })
    await tamper(
      database.sql,
      (sql) => sql`update tag_migration.journal set themes = '{}' where song_id = ${song(0)}`,
    )
    const tampered = await validate()
    expect(tampered.valid).toBe(false)
    expect(tampered.runs.map((run) => run.valid)).toEqual([true, false])
    expect((await validate(both.runId)).runs).toHaveLength(1)
    expect((await validate(both.runId)).valid).toBe(true)
    expect(later).toHaveLength(1)
  })

  test('one that did no song has no certificate', async () => {
    await database.sql.unsafe(`
      create function public.refuse_link() returns trigger language plpgsql as $$
      begin raise exception 'No.'; end $$;
      create trigger refuse_link before insert on tag_migration.journal for each row execute function public.refuse_link()`)
    const result = await runnerFor(database).run()
    await database.sql.unsafe(
      'drop trigger refuse_link on tag_migration.journal; drop function public.refuse_link()',
    )
    expect(result).toMatchObject({ processedCount: 0, certificate: null })
    expect(await validate()).toMatchObject({ runId: result.runId, certificate: null })
  })
})

describe('yields that are not the plan’s', () => {
  const hold = async (theme: string | null, names: string[]) => {
    const [row] = await database.sql<{ holds: boolean }[]>`
      select tag_migration.yields_hold(array[${theme}]::text[], t.ids, array_fill(1::smallint, array[cardinality(t.ids)])) as holds
      from (select array(select id from public.tags where name = any (${names})) as ids) as t`
    return row?.holds
  }

  test.each<[string, string | null, string[], boolean]>([
    ['a tag of that name', 'hope', ['Hope'], true],
    ['a tag with that synonym', 'Xmas', ['Christmas'], true],
    ['none for a NULL', null, [], true],
    ['none for a blank', ' \t', [], true],
    ['none for what is too long for a name', 'x'.repeat(51), [], true],
    ['another tag', 'hope', ['Grace'], false],
    ['one tag too many', 'hope', ['Hope', 'Grace'], false],
    ['a tag for a NULL', null, ['Grace'], false],
    ['none for a name', 'hope', [], false],
  ])('hold or not: %s', async (_, theme, names, expected) => {
    expect(await hold(theme, names)).toBe(expected)
  })
})
