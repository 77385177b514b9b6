import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/testDatabase.ts'
import { applyMigrations, FailedMigration } from './applyMigrations.ts'

describe('applyMigrations', () => {
  let database: TestDatabase
  let folder: string
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'migrations-'))
    return () => rm(folder, { recursive: true })
  })
  afterAll(() => database.drop())

  const write = (file: string, sql: string) => writeFile(join(folder, file), sql)
  const tables = async () => {
    const rows = await database.sql<{ relname: string }[]>`
      select relname from pg_catalog.pg_class where relname like 'trial%' order by 1`
    return rows.map((row) => row.relname)
  }

  it('applies in order, records what it applied, and applies nothing twice', async () => {
    await write('30000102_second.sql', 'alter table public.trial_one add b integer;')
    await write(
      '30000101_first.sql',
      'create table public.trial_one (a integer);\ninsert into trial_one values (1);',
    )
    await write('notes.sql', 'no migration')
    expect(await applyMigrations(database.sql, folder)).toEqual(['30000101_first.sql', '30000102_second.sql'])
    expect(await applyMigrations(database.sql, folder)).toEqual([])
    const [row] = await database.sql`
      select name, statements from supabase_migrations.schema_migrations where version = '30000101'`
    expect(row).toEqual({
      name: 'first',
      statements: ['create table public.trial_one (a integer)', 'insert into trial_one values (1)'],
    })
  })

  it('undoes a failing file whole, keeps those before it, and names file and statement', async () => {
    await write('30000201_good.sql', 'create table public.trial_two ();')
    await write(
      '30000202_bad.sql',
      'create table public.trial_three ();\n-- why\ninsert into nowhere\nvalues (1);',
    )
    const failure = await applyMigrations(database.sql, folder).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(FailedMigration)
    expect(failure).toMatchObject({
      file: '30000202_bad.sql',
      statement: '-- why\ninsert into nowhere\nvalues (1)',
    })
    expect(String(failure)).toContain(
      '30000202_bad.sql: relation "nowhere" does not exist\n  in: insert into nowhere',
    )
    expect(await tables()).toEqual(['trial_one', 'trial_two'])
  })
})
