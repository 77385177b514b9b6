import { applyMigrations } from './applyMigrations.ts'
import { bootstrapDatabase } from './bootstrapDatabase.ts'
import { bootstrapRoles, type LoginRoles } from './bootstrapRoles.ts'
import { changedMigrations } from './changedMigrations.ts'
import { withConnection } from './connect.ts'
import { StaleData } from './staleData.ts'

export interface PrepareOptions extends LoginRoles {
  /** Both addresses name the database to prepare. */
  superuserUrl: string
  ownerUrl: string
}

/**
 * Brings an empty or older database up to date: roles, what hosted Supabase has in every project, our migrations.
 *
 * @returns the migrations that were applied now
 * @throws StaleData when a database that we made has applied migrations that were edited since
 * @throws FailedMigration
 */
export async function prepareDatabase(options: PrepareOptions): Promise<string[]> {
  const { superuserUrl, ownerUrl, owner, ownerPassword } = options
  await withConnection(superuserUrl, async (sql) => {
    await bootstrapRoles(sql, options)
    // Of a database that we made; a given one keeps its owner.
    if (ownerPassword !== undefined) {
      const [row] = await sql<{ name: string }[]>`select current_database() as name`
      if (row !== undefined) await sql`alter database ${sql(row.name)} owner to ${sql(owner)}`
    }
    await bootstrapDatabase(sql, superuserUrl, owner)
  })
  return withConnection(ownerUrl, async (sql) => {
    // Not of a given one: another tool may have recorded the same migrations in pieces of its own.
    const changed = ownerPassword === undefined ? [] : await changedMigrations(sql)
    if (changed.length > 0) throw new StaleData(changed)
    return applyMigrations(sql)
  })
}
