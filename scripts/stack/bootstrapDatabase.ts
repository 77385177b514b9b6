import type { Sql, TransactionSql } from 'postgres'
import { createAuthSchema } from './api.ts'
import { API_ROLE } from './bootstrapRoles.ts'

/**
 * Gives a database what every hosted Supabase project has before its first migration: the schemas auth and
 * extensions, and default privileges under which whatever the owner creates in public is open to anon, authenticated
 * and service_role. Our migrations close those defaults; without them here, a forgotten revoke would pass every test.
 * Can be repeated: the defaults are set once only, for setting them again would undo what the migrations closed.
 *
 * @param sql a superuser's connection to the database
 * @param superuserUrl the same, as the API's own schema is created through its own connection
 * @param owner the role that applies the migrations
 */
export async function bootstrapDatabase(sql: Sql, superuserUrl: string, owner: string): Promise<void> {
  await createAuthSchema(superuserUrl)
  await sql`grant usage on schema auth to ${sql(owner)}, ${sql(API_ROLE)}, anon, authenticated, service_role`
  await sql`grant all on all tables in schema auth to ${sql(owner)}, ${sql(API_ROLE)}`
  const [{ done } = { done: true }] = await sql<{ done: boolean }[]>`
    select to_regprocedure('extensions.pgrst_drop_watch()') is not null as done`
  if (!done) {
    await sql.begin(async (transaction) => {
      await openDefaults(transaction, owner)
      await transaction.unsafe(reloadTriggers)
    })
  }
}

async function openDefaults(sql: TransactionSql, owner: string): Promise<void> {
  const clients = sql`${sql(owner)}, anon, authenticated, service_role`
  await sql`create schema if not exists extensions authorization ${sql(owner)}`
  await sql`grant usage on schema extensions to anon, authenticated, service_role`
  await sql`grant usage, create on schema public to ${sql(owner)}`
  await sql`grant usage on schema public to anon, authenticated, service_role`
  for (const kind of ['tables', 'sequences', 'functions']) {
    await sql`
      alter default privileges for role ${sql(owner)} in schema public grant all on ${sql.unsafe(kind)} to ${clients}`
  }
}

/** As hosted: DDL tells the API that its picture of the schema is old. */
const reloadTriggers = `
  create function extensions.pgrst_ddl_watch() returns event_trigger
  language plpgsql set search_path = '' as $$
  begin
    perform from pg_catalog.pg_event_trigger_ddl_commands() as c
    where c.schema_name is distinct from 'pg_temp';
    if found then
      notify pgrst, 'reload schema';
    end if;
  end $$;
  create function extensions.pgrst_drop_watch() returns event_trigger
  language plpgsql set search_path = '' as $$
  begin
    perform from pg_catalog.pg_event_trigger_dropped_objects() as o
    where o.schema_name is distinct from 'pg_temp';
    if found then
      notify pgrst, 'reload schema';
    end if;
  end $$;
  create event trigger pgrst_ddl_watch on ddl_command_end execute function extensions.pgrst_ddl_watch();
  create event trigger pgrst_drop_watch on sql_drop execute function extensions.pgrst_drop_watch();
`
