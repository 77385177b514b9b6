import type { Sql } from 'postgres'
import { createAuthSchema } from './api.ts'
import { API_ROLE } from './bootstrapRoles.ts'

/**
 * Gives a database what every hosted Supabase project has before its first migration: the schemas auth and
 * extensions, and default privileges under which whatever the owner creates in public is open to anon, authenticated
 * and service_role. Our migrations close those defaults; without them here, a forgotten revoke would pass every test.
 * Can be repeated.
 *
 * @param sql a superuser's connection to the database
 * @param superuserUrl the same, as the API's own schema is created through its own connection
 * @param owner the role that applies the migrations
 */
export async function bootstrapDatabase(sql: Sql, superuserUrl: string, owner: string): Promise<void> {
  await createAuthSchema(superuserUrl)
  const [{ owner: quoted } = { owner: '' }] = await sql<
    { owner: string }[]
  >`select quote_ident(${owner}) as owner`
  const clients = `${quoted}, anon, authenticated, service_role`
  await sql.unsafe(`
    set client_min_messages = warning;
    create schema if not exists extensions authorization ${quoted};
    grant usage on schema extensions to anon, authenticated, service_role;

    grant usage, create on schema public to ${quoted};
    grant usage on schema public to anon, authenticated, service_role;
    alter default privileges for role ${quoted} in schema public grant all on tables to ${clients};
    alter default privileges for role ${quoted} in schema public grant all on sequences to ${clients};
    alter default privileges for role ${quoted} in schema public grant all on functions to ${clients};

    grant usage on schema auth to ${clients};
    grant all on all tables in schema auth to ${quoted}, ${API_ROLE};
    grant usage on schema auth to ${API_ROLE};

    ${reloadTrigger}
  `)
}

/** As hosted: DDL tells the API that its picture of the schema is old. */
const reloadTrigger = `
  create or replace function extensions.pgrst_ddl_watch() returns event_trigger
  language plpgsql set search_path = '' as $$
  begin
    perform from pg_catalog.pg_event_trigger_ddl_commands() as c
    where c.schema_name is distinct from 'pg_temp';
    if found then
      notify pgrst, 'reload schema';
    end if;
  end $$;
  create or replace function extensions.pgrst_drop_watch() returns event_trigger
  language plpgsql set search_path = '' as $$
  begin
    perform from pg_catalog.pg_event_trigger_dropped_objects() as o
    where o.schema_name is distinct from 'pg_temp';
    if found then
      notify pgrst, 'reload schema';
    end if;
  end $$;
  drop event trigger if exists pgrst_ddl_watch;
  create event trigger pgrst_ddl_watch on ddl_command_end execute function extensions.pgrst_ddl_watch();
  drop event trigger if exists pgrst_drop_watch;
  create event trigger pgrst_drop_watch on sql_drop execute function extensions.pgrst_drop_watch();
`
