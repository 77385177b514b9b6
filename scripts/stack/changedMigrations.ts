import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sql } from 'postgres'
import { listMigrations } from './applyMigrations.ts'
import { migrationsFolder } from './project.ts'
import { splitStatements } from './splitStatements.ts'

/** The migrations whose files do not say any more what the database recorded of them, in order. White space does not count. */
export async function changedMigrations(sql: Sql, folder: string = migrationsFolder): Promise<string[]> {
  const [history] = await sql<{ exists: boolean }[]>`
    select to_regclass('supabase_migrations.schema_migrations') is not null as exists`
  if (!history?.exists) return []
  // Who recorded no statements, as an old Supabase CLI, says nothing about them.
  const rows = await sql<{ version: string; statements: string[] }[]>`
    select version, statements from supabase_migrations.schema_migrations where statements is not null`
  const recorded = new Map(rows.map((row) => [row.version, asComparable(row.statements)]))
  const changed: string[] = []
  for (const { file, version } of await listMigrations(folder)) {
    const before = recorded.get(version)
    if (before === undefined) continue
    const now = asComparable(splitStatements(await readFile(join(folder, file), 'utf8')))
    if (now !== before) changed.push(file)
  }
  return changed
}

function asComparable(statements: readonly string[]): string {
  return statements.join(';').replaceAll(/\s+/g, ' ')
}
