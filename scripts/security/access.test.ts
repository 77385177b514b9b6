import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { projectRoot } from '../stack/project.ts'
import { createTestDatabase, type TestDatabase } from '../testing/testDatabase.ts'
import { type Actor, actAs, type People } from './actors.ts'
import { type FunctionAccess, probeFunctions } from './probeFunctions.ts'
import { probeTables, type TableAccess, tableName } from './probeTables.ts'
import { makeSecuredRows, type SecuredRows } from './securedRows.ts'
import { functionMatrix, tableMatrix, withMatrices } from './securityTables.ts'
import { TABLE_PROBES } from './tableProbes.ts'

const PAGE = join(projectRoot, 'docs/security.md')

let database: TestDatabase
let people: People
let rows: SecuredRows
let tables: TableAccess
let functions: FunctionAccess

beforeAll(async () => {
  database = await createTestDatabase()
  const person = async (role?: 'editor' | 'moderator' | 'admin') => {
    const { id, email } = await database.signUp()
    if (role) await database.serviceClient.rpc('grant_role', { p_email: email, p_role: role })
    return id
  }
  people = {
    owner: await person(),
    other: await person(),
    editor: await person('editor'),
    moderator: await person('moderator'),
    admin: await person('admin'),
  }
  rows = await makeSecuredRows(database.sql, people.owner)
  tables = await probeTables(database.sql, people, rows)
  functions = await probeFunctions(database.sql, people, rows)
})
afterAll(() => database.drop())

/** Whoever may do this with a table. */
const who = (table: string, operation: keyof TableAccess[string]) =>
  Object.entries(tables[table]?.[operation] ?? {}).flatMap(([actor, may]) => (may ? [actor] : []))

test('every table of the API is tried', async () => {
  const all = await database.sql<{ name: string }[]>`
    select relname as name from pg_catalog.pg_class
    where relkind in ('r', 'p', 'v', 'm') and relnamespace = 'public'::regnamespace order by relname`
  expect([...new Set(Object.keys(TABLE_PROBES).map(tableName))].sort()).toEqual(all.map(({ name }) => name))
})

test('nobody who is not signed in writes anything, and nobody truncates anything', () => {
  for (const table of Object.keys(TABLE_PROBES)) {
    for (const operation of ['insert', 'update', 'delete'] as const) {
      expect(who(table, operation), `${operation} on ${table}`).not.toContain('anon')
    }
    expect(who(table, 'truncate'), table).toEqual([])
  }
})

test('a song is written by its owner and those who edit all, and deleted by its owner and moderators', () => {
  expect(who('songs', 'update')).toEqual(['owner', 'editor', 'moderator', 'admin', 'service'])
  expect(who('songs', 'delete')).toEqual(['owner', 'moderator', 'admin', 'service'])
  expect(who('song_tags', 'insert')).toEqual(['owner', 'editor', 'moderator', 'admin', 'service'])
})

test('a banned tag is seen by moderators and admins alone', () => {
  expect(who('tags, banned', 'select')).toEqual(['moderator', 'admin', 'service'])
})

describe('the moderation log', () => {
  test('is read by moderators and admins, and written by nobody', () => {
    expect(who('tag_moderation_log', 'select')).toEqual(['moderator', 'admin', 'service'])
    for (const operation of ['insert', 'update', 'delete', 'truncate'] as const) {
      expect(who('tag_moderation_log', operation)).toEqual([])
    }
  })

  test.each([
    'alter table public.tag_moderation_log disable trigger refuse_log_change',
    'alter table public.tag_moderation_log disable trigger all',
    'drop trigger refuse_log_change on public.tag_moderation_log',
    'drop function public.refuse_log_change() cascade',
    'alter table public.tag_moderation_log disable row level security',
    'drop table public.tag_moderation_log',
    'set local session_replication_role = replica',
    'grant update on public.tag_moderation_log to service_role',
    `create rule quiet as on insert to public.tag_moderation_log do instead nothing`,
  ])('stays so for the service role: %s', async (statement) => {
    const before = await privileges()
    const outcome = await actAs(database.sql, people, 'service', (sql) => sql.unsafe(statement))
    // A grant that nobody may make is a warning and does nothing.
    if (!statement.startsWith('grant')) expect(outcome).toEqual({ refused: '42501' })
    expect(await privileges()).toEqual(before)
  })

  test.each([
    'update public.tag_moderation_log set action = action',
    'delete from public.tag_moderation_log',
    'truncate public.tag_moderation_log',
  ])('refuses even its owner, until the owner takes the trigger away: %s', async (statement) => {
    await expect(database.sql.unsafe(statement)).rejects.toMatchObject({ code: '42501' })
  })
})

const privileges = () => database.sql`
  select relacl::text, relrowsecurity, array(select format('%s %s', tgname, tgenabled) from pg_trigger where tgrelid = c.oid order by 1) as triggers
  from pg_catalog.pg_class as c where oid = 'public.tag_moderation_log'::regclass`

test('roles are given by the service role’s functions alone', () => {
  for (const operation of ['insert', 'update', 'delete', 'truncate'] as const) {
    expect(who('user_roles', operation)).toEqual([])
  }
  expect(functions['grant_role(text,app_role)']).toMatchObject({ admin: 'none', service: 'may' })
})

/** Functions that do their work for moderators and admins alone. */
const MODERATION = [
  'ban_tag(uuid,boolean)',
  'count_tags(text,tag_category)',
  'edit_tag(uuid,jsonb,timestamp with time zone)',
  'keep_tags_apart(uuid,uuid)',
  'list_tags(text,tag_category,text,text,boolean,jsonb,boolean,integer)',
  'merge_many_tags(uuid[],uuid)',
  'merge_tags(uuid,uuid)',
  'moderation_actors()',
  'moderation_log(text,uuid,uuid,timestamp with time zone,timestamp with time zone,bigint,integer)',
  'preview_merge(uuid[],uuid)',
  'promote_tag(uuid,boolean)',
  'rename_tag(uuid,text)',
  'tag_details(uuid)',
  'tag_usage(uuid,text)',
  'tags_kept_apart()',
  'undo_moderation(bigint)',
  'unmerge_tag(uuid)',
]

test.each(MODERATION)('%s is for moderators and admins', (name) => {
  const closed: Record<Actor, string> = {
    anon: 'none',
    owner: 'refused',
    other: 'refused',
    editor: 'refused',
    moderator: 'may',
    admin: 'may',
    service: 'may',
  }
  expect(functions[name]).toEqual(closed)
})

test('no other function tells moderators apart from who is signed in', () => {
  const others = Object.entries(functions).filter(
    ([name, { other, editor, moderator }]) =>
      !MODERATION.includes(name) && other === 'refused' && editor === 'refused' && moderator === 'may',
  )
  expect(others).toEqual([])
})

test('docs/security.md says what was seen', async () => {
  const page = await readFile(PAGE, 'utf8')
  await expect(
    withMatrices(page, { tables: tableMatrix(tables), functions: functionMatrix(functions) }),
  ).toMatchFileSnapshot(PAGE)
})
