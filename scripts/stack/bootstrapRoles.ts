import type { Sql } from 'postgres'

/** The role that the API connects as, and leaves in every request for anon, authenticated or service_role. */
export const API_ROLE = 'songbook_api'

/** The roles that log in. */
export interface LoginRoles {
  /** Owns the schema and applies the migrations. */
  owner: string
  /** Left out for an owner who is there already, with a password of its own. */
  ownerPassword?: string
  apiPassword: string
}

/**
 * Creates the roles that hosted Supabase has and migrations name. Existing ones stay as they are.
 * The owner is no superuser here either, so that a migration which needs one fails here and not first when hosted.
 *
 * @param sql a superuser's connection
 */
export async function bootstrapRoles(sql: Sql, roles: LoginRoles): Promise<void> {
  await createRole(sql, 'anon', 'nologin noinherit')
  await createRole(sql, 'authenticated', 'nologin noinherit')
  await createRole(sql, 'service_role', 'nologin noinherit bypassrls')
  if (roles.ownerPassword !== undefined) {
    await createRole(sql, roles.owner, 'login createdb createrole replication bypassrls')
    await setPassword(sql, roles.owner, roles.ownerPassword)
    await sql`
      grant anon, authenticated, service_role, pg_read_all_data, pg_monitor, pg_signal_backend, pg_checkpoint
      to ${sql(roles.owner)}`
    await sql`grant set on parameter session_replication_role to ${sql(roles.owner)}`
  }
  await createRole(sql, API_ROLE, 'login')
  await setPassword(sql, API_ROLE, roles.apiPassword)
  // It inherits from the owner because it learns the schema from information_schema, which hides keys from others.
  await sql`grant anon, authenticated, service_role, ${sql(roles.owner)} to ${sql(API_ROLE)}`
  // Hosted Supabase ends a request after 8 s (3 s for anon); what takes longer must fail here too.
  await sql`alter role ${sql(API_ROLE)} set statement_timeout = '8s'`
}

async function createRole(sql: Sql, name: string, attributes: string): Promise<void> {
  const [found] = await sql`select from pg_catalog.pg_roles where rolname = ${name}`
  if (found === undefined) await sql`create role ${sql(name)} ${sql.unsafe(attributes)}`
}

async function setPassword(sql: Sql, role: string, password: string): Promise<void> {
  // alter role takes no parameters; the password is ours and hexadecimal, but let nobody rely on that.
  await sql`alter role ${sql(role)} password ${sql.unsafe(`'${password.replaceAll("'", "''")}'`)}`
}
