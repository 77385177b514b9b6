import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/testDatabase.ts'
import { applyMigrations } from './applyMigrations.ts'
import { changedMigrations } from './changedMigrations.ts'

describe('changedMigrations', () => {
  let database: TestDatabase
  let folder: string
  beforeAll(async () => {
    database = await createTestDatabase()
    folder = await mkdtemp(join(tmpdir(), 'migrations-'))
  })
  afterAll(async () => {
    await rm(folder, { recursive: true })
    await database.drop()
  })
  beforeEach(async () => {
    await write(
      '30000101_first.sql',
      'create table public.trial_one (a text);\n\ncomment on table trial_one is $$;$$;\n',
    )
    await write('30000102_second.sql', "-- Why.\ninsert into public.trial_one values ('a;b');")
    await applyMigrations(database.sql, folder)
  })
  afterEach(async () => {
    await database.sql`drop table if exists public.trial_one`
    await database.sql`delete from supabase_migrations.schema_migrations where version like '3000%'`
  })

  const write = (file: string, sql: string) => writeFile(join(folder, file), sql)
  const changed = () => changedMigrations(database.sql, folder)

  it('names none as long as files say what was applied, laid out otherwise or not', async () => {
    expect(await changed()).toEqual([])
    await write(
      '30000101_first.sql',
      'create table\n  public.trial_one (a text);\ncomment on table trial_one is $$;$$',
    )
    await write('30000103_new.sql', 'drop table public.trial_one;')
    expect(await changed()).toEqual([])
    await rm(join(folder, '30000103_new.sql'))
  })

  it('names those that were edited since, in order', async () => {
    await write('30000102_second.sql', "-- Why.\ninsert into public.trial_one values ('a;c');")
    expect(await changed()).toEqual(['30000102_second.sql'])
    await write('30000101_first.sql', 'create table public.trial_one (a text);')
    expect(await changed()).toEqual(['30000101_first.sql', '30000102_second.sql'])
  })

  it('names none of which only the version was recorded, and none where nothing was', async () => {
    await write('30000102_second.sql', 'select 1;')
    await database.sql`update supabase_migrations.schema_migrations set statements = null where version = '30000102'`
    expect(await changed()).toEqual([])
    const empty = await createTestDatabase()
    await empty.sql`drop schema supabase_migrations cascade`
    expect(await changedMigrations(empty.sql, folder)).toEqual([])
    await empty.drop()
  })
})
