import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { addSongs } from '../../../../scripts/testing/migrationFixture.ts'
import { stubApp } from '../../../../scripts/testing/stubApp.ts'
import { tagNamed } from '../../../../scripts/testing/syncFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../../../scripts/testing/testDatabase.ts'
import type { CatalogSnapshot } from './types.ts'

let database: TestDatabase
let loadAtOnce: (previous: CatalogSnapshot | null) => Promise<CatalogSnapshot>
let song: string

beforeAll(async () => {
  database = await createTestDatabase()
  vi.resetModules()
  stubApp(database)
  const { loadCatalog } = await import('./loadCatalog.ts')
  loadAtOnce = (previous) => loadCatalog(previous, new AbortController().signal)
  ;[song = ''] = await addSongs(database.sql, [null])
})
beforeEach(() => stubApp(database))
afterAll(async () => {
  vi.resetModules()
  await database.drop()
})

/**
 * Loads when all that was changed so far is below the version that is answered. Transactions are numbered in one row for
 * all databases of a cluster: while another test's is open, changes after its beginning are told again.
 */
async function load(previous: CatalogSnapshot | null): Promise<CatalogSnapshot> {
  const [last] = await database.sql<{ xid: string }[]>`select pg_current_xact_id()::text as xid`
  for (;;) {
    const [row] = await database.sql<{ settled: boolean }[]>`
      select pg_snapshot_xmin(pg_current_snapshot()) > ${last?.xid ?? ''}::xid8 as settled`
    if (row?.settled) return loadAtOnce(previous)
  }
}
const id = (name: string) => tagNamed(database.sql, name)
async function add(name: string): Promise<string> {
  const [row] = await database.sql<{ id: string }[]>`
    insert into public.tags (name) values (${name}) returning id`
  return row?.id ?? ''
}
const named = ({ tags }: CatalogSnapshot, name: string) => tags.find((tag) => tag.name === name)
/** The raw answer, for what the client makes nothing of. */
async function ask(since: string, client = database.anonClient()) {
  const { data, error } = await client.rpc('tag_catalog', { p_since: since })
  expect(error).toBeNull()
  return data
}

/** Does something, and expects that whoever has the catalogue from before is told of it, in a small answer. */
async function changing(act: () => unknown): Promise<CatalogSnapshot> {
  const before = await load(null)
  await act()
  const answer = await ask(before.version)
  expect(answer).toHaveProperty('changed')
  expect(JSON.stringify(answer).length).toBeLessThan(3000)
  const now = await load(before)
  expect(now).toEqual({ ...(await load(null)), version: now.version })
  return now
}

describe('the whole catalogue', () => {
  test('holds every tag in the order of ids, with its synonyms', async () => {
    const { tags, version } = await load(null)
    const ids = await database.sql<{ id: string }[]>`select id from public.tags order by id`
    expect(tags.map((tag) => tag.id)).toEqual(ids.map((row) => row.id))
    expect(version).toMatch(/^[0-9a-f]{8}\.[0-9]+$/)
    const grace = tags.find((tag) => tag.name === 'Grace')
    const synonyms = await database.sql<{ name: string }[]>`
      select y.name from public.tag_synonyms as y where y.tag_id = ${grace?.id ?? ''} order by y.name collate "C"`
    expect(grace).toEqual({
      id: await id('Grace'),
      name: 'Grace',
      category: 'theme',
      colour: null,
      isStandard: true,
      usage: 0,
      synonyms: synonyms.map((row) => row.name),
    })
    expect(synonyms.length).toBeGreaterThan(0)
  })

  test('is the same for everybody', async () => {
    const banned = await add('Known to moderators')
    await database.sql`select public.ban_tag(${banned})`
    const seen = await load(null)
    for (const role of ['editor', 'moderator', 'admin'] as const) {
      const { client, email } = await database.signUp()
      await database.serviceClient.rpc('grant_role', { p_email: email, p_role: role })
      const { data } = await client.rpc('tag_catalog')
      expect(data).toMatchObject({ tags: seen.tags })
    }
    expect(named(seen, 'Known to moderators')).toBeUndefined()
  })

  test.each([
    ['nonsense', 'nonsense'],
    ['nothing', ''],
    ['another database', '00000000.5'],
    ['a number that no transaction has', '9'.repeat(18)],
    ['a number that no number is', '9'.repeat(40)],
    ['SQL', "'; drop table public.tags; --"],
    ['ten thousand letters', 'x'.repeat(10_000)],
  ])('answers to a version of %s', async (_, version) => {
    expect(await ask(version)).toHaveProperty('tags')
    const { version: real } = await load(null)
    expect(await ask(version.replace(/^[0-9a-f]{0,8}/, real.slice(0, 8)))).toHaveProperty('tags')
  })

  test('answers to a version of the future, which only another history can have given', async () => {
    const { version } = await load(null)
    const [epoch, number] = version.split('.')
    expect(await ask(`${epoch}.${Number(number) + 1_000_000}`)).toHaveProperty('tags')
  })
})

describe('a catalogue that somebody has', () => {
  test('stays the same object when nothing has changed, for the smallest answer', async () => {
    const before = await load(null)
    await database.sql`update public.songs set title = 'Another' where id = ${song}`
    expect(await load(before)).toBe(before)
    expect(await ask(before.version)).toEqual({ unchanged: true })
  })

  test('learns of a new tag', async () => {
    const now = await changing(() => add('New'))
    expect(named(now, 'New')).toMatchObject({ category: 'theme', isStandard: false, synonyms: [] })
  })

  test('learns of a new name, the old one becomes a synonym', async () => {
    const tag = await add('Misnamed')
    const now = await changing(() => database.sql`select public.rename_tag(${tag}, 'Well named')`)
    expect(named(now, 'Well named')).toMatchObject({ id: tag, synonyms: ['Misnamed'] })
    expect(named(now, 'Misnamed')).toBeUndefined()
  })

  test('learns of another colour and category', async () => {
    const tag = await add('Coloured')
    const now = await changing(
      () => database.sql`update public.tags set colour = '#aabbcc', category = 'mood' where id = ${tag}`,
    )
    expect(named(now, 'Coloured')).toMatchObject({ colour: '#aabbcc', category: 'mood' })
  })

  test('learns of synonyms that come, go and move', async () => {
    const [from, to] = [await add('From'), await add('To')]
    const synonyms = (catalog: CatalogSnapshot) => [
      named(catalog, 'From')?.synonyms,
      named(catalog, 'To')?.synonyms,
    ]
    const added = await changing(
      () =>
        database.sql`insert into public.tag_synonyms (tag_id, name) values (${from}, 'Wanders'), (${from}, 'Goes')`,
    )
    expect(synonyms(added)).toEqual([['Goes', 'Wanders'], []])
    const moved = await changing(
      () => database.sql`update public.tag_synonyms set tag_id = ${to} where name = 'Wanders'`,
    )
    expect(synonyms(moved)).toEqual([['Goes'], ['Wanders']])
    const removed = await changing(() => database.sql`delete from public.tag_synonyms where name = 'Goes'`)
    expect(synonyms(removed)).toEqual([[], ['Wanders']])
  })

  test('learns of links that are made and removed', async () => {
    const tag = await add('Used')
    const link = () => database.sql`insert into public.song_tags (song_id, tag_id) values (${song}, ${tag})`
    expect(named(await changing(link), 'Used')?.usage).toBe(1)
    const now = await changing(() => database.sql`delete from public.song_tags where tag_id = ${tag}`)
    expect(named(now, 'Used')?.usage).toBe(0)
  })

  test('never sees a count below nothing', async () => {
    const tag = await add('Owed')
    const now = await changing(() => database.sql`update public.tags set usage_count = -2 where id = ${tag}`)
    expect(named(now, 'Owed')?.usage).toBe(0)
  })

  test('learns of a merge, also of one that moves no link, and of its undoing', async () => {
    const [left, right, last] = [await add('Left'), await add('Right'), await add('Last')]
    await database.sql`insert into public.tag_synonyms (tag_id, name) values (${left}, 'Lefty')`
    const before = await load(null)
    const merged = await changing(() => database.sql`select public.merge_tags(${left}, ${right})`)
    expect(named(merged, 'Left')).toBeUndefined()
    expect(named(merged, 'Right')?.synonyms).toEqual(['Left', 'Lefty'])
    expect(await ask(before.version)).toMatchObject({ gone: [{ id: left, into: right }] })

    const chained = await changing(() => database.sql`select public.merge_tags(${right}, ${last})`)
    expect(named(chained, 'Last')?.synonyms).toEqual(['Left', 'Lefty', 'Right'])
    expect(await ask(before.version)).toMatchObject({
      gone: expect.arrayContaining([
        { id: left, into: last },
        { id: right, into: last },
      ]),
    })

    const parted = await changing(() => database.sql`select public.unmerge_tag(${right})`)
    expect([named(parted, 'Last')?.synonyms, named(parted, 'Right')?.synonyms]).toEqual([
      [],
      ['Left', 'Lefty'],
    ])
    const apart = await changing(() => database.sql`select public.unmerge_tag(${left})`)
    expect([named(apart, 'Right')?.synonyms, named(apart, 'Left')?.synonyms]).toEqual([[], ['Lefty']])
  })

  test('learns of a ban and of its end, and is told no more than that the tag is gone', async () => {
    const tag = await add('Questionable')
    const before = await load(null)
    const banned = await changing(() => database.sql`select public.ban_tag(${tag})`)
    expect(named(banned, 'Questionable')).toBeUndefined()
    expect(JSON.stringify(await ask(before.version))).not.toContain('Questionable')
    expect(
      named(await changing(() => database.sql`select public.ban_tag(${tag}, false)`), 'Questionable'),
    ).toBeDefined()
  })

  test('is not shown the names of a banned tag through the one that it was merged into', async () => {
    const [rude, polite] = [await add('Rude'), await add('Polite')]
    await database.sql`insert into public.tag_synonyms (tag_id, name) values (${rude}, 'Ruder')`
    await database.sql`select public.merge_tags(${rude}, ${polite})`
    const banned = await changing(() => database.sql`select public.ban_tag(${rude})`)
    expect(named(banned, 'Polite')?.synonyms).toEqual([])
    const shown = await changing(() => database.sql`select public.ban_tag(${rude}, false)`)
    expect(named(shown, 'Polite')?.synonyms).toEqual(['Rude', 'Ruder'])
    // Nor does it stand for one that is banned.
    const before = await load(null)
    const hidden = await changing(() => database.sql`select public.ban_tag(${polite})`)
    expect([named(hidden, 'Rude'), named(hidden, 'Polite')]).toEqual([undefined, undefined])
    expect(await ask(before.version)).toMatchObject({ changed: [], gone: [{ id: polite, into: null }] })
  })

  test('learns of a deletion', async () => {
    const tag = await add('Short-lived')
    await database.sql`insert into public.tag_synonyms (tag_id, name) values (${tag}, 'Brief')`
    const before = await load(null)
    const now = await changing(() => database.sql`delete from public.tags where id = ${tag}`)
    expect(named(now, 'Short-lived')).toBeUndefined()
    expect(await ask(before.version)).toMatchObject({ gone: [{ id: tag, into: null }] })
  })

  test('does not hear of what was rolled back', async () => {
    const before = await load(null)
    const change = database.sql.begin(async (sql) => {
      await sql`insert into public.tags (name) values ('Never')`
      throw new Error('changed my mind')
    })
    await expect(change).rejects.toThrow('changed my mind')
    expect(await load(before)).toBe(before)
  })

  test('loses nothing when transactions commit in another order than they began', async () => {
    const { sql } = database
    const [first, second] = [await sql.reserve(), await sql.reserve()]
    try {
      const [kept] = await sql<{ id: string }[]>`
        insert into public.tags (name) values ('Deleted late') returning id`
      await first`begin`
      await first`insert into public.tags (name) values ('Late one')`
      // A part of a transaction, with a number of its own.
      await first`savepoint part`
      await first`insert into public.tags (name) values ('Late part')`
      await first`delete from public.tags where id = ${kept?.id ?? ''}`
      await first`release savepoint part`
      await second`begin`
      await second`insert into public.tags (name) values ('Early one')`
      const before = await loadAtOnce(null)
      await second`commit`
      const between = await loadAtOnce(before)
      expect([named(between, 'Early one')?.name, named(between, 'Late one')]).toEqual([
        'Early one',
        undefined,
      ])
      await first`commit`
      const now = await load(between)
      expect(
        ['Late one', 'Late part', 'Early one', 'Deleted late'].map((name) => named(now, name)?.name),
      ).toEqual(['Late one', 'Late part', 'Early one', undefined])
      expect((await load(before)).tags).toEqual(now.tags)
      expect(await load(now)).toBe(now)
    } finally {
      await Promise.all([first`rollback`, second`rollback`])
      first.release()
      second.release()
    }
  })

  test('is what it would be anew, whatever happened in between', async () => {
    const names = ['Alpha', 'Beta', 'Gamma', 'Delta', 'Epsilon']
    const name = fc.constantFrom(...names)
    /** What is refused (a merge of what is merged, a name that is taken) is a change of nothing, which may happen, too. */
    const change = fc.oneof(
      name.map((a) => () => database.sql`insert into public.tags (name) values (${a})`),
      name.map((a) => () => database.sql`delete from public.tags where name = ${a}`),
      fc.tuple(name, name).map(
        ([a, b]) =>
          () =>
            database.sql`
        select public.merge_tags(f.id, i.id) from public.tags as f, public.tags as i where f.name = ${a} and i.name = ${b}`,
      ),
      name.map(
        (a) => () => database.sql`select public.unmerge_tag(t.id) from public.tags as t where t.name = ${a}`,
      ),
      fc.tuple(name, fc.boolean()).map(
        ([a, on]) =>
          () =>
            database.sql`
        select public.ban_tag(t.id, ${on}) from public.tags as t where t.name = ${a}`,
      ),
      fc.tuple(name, fc.nat(2)).map(
        ([a, n]) =>
          () =>
            database.sql`
        select public.rename_tag(t.id, ${`${a} ${n}`}) from public.tags as t where t.name = ${a}`,
      ),
      fc.tuple(name, fc.nat(2)).map(
        ([a, n]) =>
          () =>
            database.sql`
        insert into public.tag_synonyms (tag_id, name) select t.id, ${`Also ${n}`} from public.tags as t where t.name = ${a}`,
      ),
      fc.nat(2).map((n) => () => database.sql`delete from public.tag_synonyms where name = ${`Also ${n}`}`),
      fc.tuple(name, fc.nat(2)).map(
        ([a, n]) =>
          () =>
            database.sql`
        update public.tag_synonyms set tag_id = t.id from public.tags as t
        where t.name = ${a} and tag_synonyms.name = ${`Also ${n}`}`,
      ),
      name.map(
        (a) => () =>
          database.sql`
        insert into public.song_tags (song_id, tag_id) select ${song}, t.id from public.tags as t where t.name = ${a}`,
      ),
      name.map(
        (a) => () =>
          database.sql`
        delete from public.song_tags using public.tags as t where tag_id = t.id and t.name = ${a}`,
      ),
    )
    let catalog = await load(null)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(change, fc.boolean()), { minLength: 1, maxLength: 12 }),
        async (changes) => {
          for (const [act, isFollowed] of changes) {
            await act().catch(() => undefined)
            if (isFollowed) catalog = await load(catalog)
          }
          catalog = await load(catalog)
          expect(catalog.tags).toEqual((await load(null)).tags)
        },
      ),
      { numRuns: 25 },
    )
  })

  test('that is too old for what is remembered of deletions is loaded whole', async () => {
    const tag = await add('Deleted long ago')
    const [old, recent] = [await add('Deleted before'), await add('Deleted lately')]
    const before = await load(null)
    await database.sql`delete from public.tags where id = ${tag}`
    const since = await load(before)
    await database.sql`update tag_catalog.trace set at = now() - interval '91 days'`
    expect(await ask(before.version)).toHaveProperty('changed')
    await database.sql`delete from public.tags where id = ${old}`
    expect(await ask(before.version)).toHaveProperty('tags')
    expect(await ask(since.version)).toMatchObject({ gone: [{ id: old, into: null }] })
    // Once more: what says so is not forgotten itself.
    await database.sql`update tag_catalog.trace set at = now() - interval '91 days'`
    await database.sql`delete from public.tags where id = ${recent}`
    expect(await ask(since.version)).toHaveProperty('tags')
    const traces = await database.sql`select from tag_catalog.trace`
    expect(traces.length).toBeLessThan(5)
  })
})

describe('more tags than the setting', () => {
  test('are not given away whole; the most used are, and nothing is ever added to those', async () => {
    const whole = await load(null)
    const most = await id('Hope')
    await database.sql`update public.tags set usage_count = 50 where id = ${most}`
    await database.sql`update tag_catalog.setting set max_tags = 150`
    const top = await load(whole)
    expect(top).toMatchObject({ partial: true })
    expect(top.tags).toHaveLength(100)
    expect(top.tags[0]).toMatchObject({ name: 'Hope', usage: 50 })
    await database.sql`update tag_catalog.setting set max_tags = 20000`
    const again = await load(top)
    expect(again).not.toHaveProperty('partial')
    expect(again.tags).toHaveLength(whole.tags.length)
  })
})
