import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sql } from 'postgres'
import { migrationsFolder } from './project.ts'
import { splitStatements } from './splitStatements.ts'

/** What the Supabase CLI takes as a migration: digits, an underscore, a name. Other files are not migrations. */
const MIGRATION_FILE = /^(\d+)_(.*)\.sql$/

/** A migration that failed; nothing of its file is in the database. */
export class FailedMigration extends Error {
  readonly file: string
  readonly statement: string

  constructor(file: string, statement: string, cause: Error) {
    super(`${file}: ${cause.message}\n  in: ${firstLines(statement)}`, { cause })
    this.name = 'FailedMigration'
    this.file = file
    this.statement = statement
  }
}

/**
 * Applies the migrations that are not recorded yet, oldest version first, each file in one transaction, and records
 * them as the Supabase CLI does: `supabase migration list` and `migration up` then agree with what is here.
 *
 * @param sql a connection of the role that shall own what the migrations create
 * @returns the file names that were applied now, in order
 * @throws FailedMigration naming file and statement; the files before it stay applied
 */
export async function applyMigrations(sql: Sql, folder: string = migrationsFolder): Promise<string[]> {
  await createHistoryTable(sql)
  const recorded = new Set(
    (await sql<{ version: string }[]>`select version from supabase_migrations.schema_migrations`).map(
      (row) => row.version,
    ),
  )
  const applied: string[] = []
  for (const migration of await listMigrations(folder)) {
    if (recorded.has(migration.version)) continue
    await applyOne(sql, folder, migration)
    applied.push(migration.file)
  }
  return applied
}

interface Migration {
  file: string
  version: string
  name: string
}

/** The migrations of a folder, oldest first. */
export async function listMigrations(folder: string): Promise<Migration[]> {
  const migrations: Migration[] = []
  for (const file of await readdir(folder)) {
    const [, version, name] = MIGRATION_FILE.exec(file) ?? []
    if (version !== undefined && name !== undefined) migrations.push({ file, version, name })
  }
  // The CLI sorts by file name; versions of unequal length would order differently as numbers.
  return migrations.sort((a, b) => (a.file < b.file ? -1 : 1))
}

async function applyOne(sql: Sql, folder: string, migration: Migration): Promise<void> {
  const statements = splitStatements(await readFile(join(folder, migration.file), 'utf8'))
  let current = ''
  try {
    await sql.begin(async (transaction) => {
      for (const statement of statements) {
        current = statement
        await transaction.unsafe(statement)
      }
      current = 'insert into supabase_migrations.schema_migrations'
      await transaction`
        insert into supabase_migrations.schema_migrations (version, name, statements)
        values (${migration.version}, ${migration.name}, ${statements})`
    })
  } catch (error) {
    throw new FailedMigration(
      migration.file,
      current,
      error instanceof Error ? error : new Error(String(error)),
    )
  }
}

/** The table as CLI 3 creates it; an older CLI knows only the first three columns and is content with these too. */
async function createHistoryTable(sql: Sql): Promise<void> {
  await sql.begin(async (transaction) => {
    await transaction`set local client_min_messages = warning`
    await transaction`create schema if not exists supabase_migrations`
    await transaction`
      create table if not exists supabase_migrations.schema_migrations (
        version text not null primary key,
        statements text[],
        name text
      )`
  })
}

function firstLines(statement: string): string {
  const lines = statement.split('\n').filter((line) => !/^\s*(--|$)/.test(line))
  return lines.slice(0, 3).join('\n      ') + (lines.length > 3 ? '\n      …' : '')
}
