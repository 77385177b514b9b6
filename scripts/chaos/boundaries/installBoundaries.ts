import type { Sql } from 'postgres'
import { markBoundaries } from './markBoundaries.ts'

/** A place between two statements of a function of the engine, or within one. */
export interface Boundary {
  place: number
  /** The function's name, or the table's within whose writing it is. */
  where: string
  after: string
}

/** What a batch writes within its one large statement. */
export const WRITTEN = [
  'public.song_tags',
  'tag_migration.song_state',
  'tag_migration.journal',
  'tag_migration.batch',
]

/**
 * Changes the engine's functions in this database so that a server process that reaches an armed boundary is ended there
 * as by pg_terminate_backend, the first time that it is reached. Nothing is armed at first.
 * @param superuser a connection that may end processes and create functions for everybody
 */
export async function installBoundaries(superuser: Sql): Promise<Boundary[]> {
  await superuser.unsafe(mechanism)
  const boundaries: Boundary[] = []
  const add = (where: string, after: string) =>
    boundaries.push({ place: boundaries.length, where, after }) - 1
  const functions = await superuser<{ name: string; definition: string; body: string }[]>`
    select p.proname as name, pg_get_functiondef(p.oid) as definition, p.prosrc as body
    from pg_proc as p join pg_language as l on l.oid = p.prolang
    where l.lanname = 'plpgsql' and p.prorettype <> 'trigger'::regtype
      and (p.pronamespace = 'tag_migration'::regnamespace
        or p.pronamespace = 'public'::regnamespace and starts_with(p.proname, 'tag_migration_'))
    order by p.proname`
  for (const { name, definition, body } of functions) {
    const first = boundaries.length
    // A condition, since `perform` would change what the function is told of the statement before: FOUND and ROW_COUNT.
    const call = (nth: number) => `if chaos.boundary(${first + nth}) then null; end if;`
    const { source, statements } = markBoundaries(body, call)
    for (const statement of statements) add(name, statement.slice(0, 100))
    await superuser.unsafe(definition.replace(body, () => source))
  }
  for (const table of WRITTEN) await superuser.unsafe(tableTriggers(table, add))
  await superuser`
    insert into chaos.boundary_place (place) select n from generate_series(0, ${boundaries.length - 1}::integer) as n`
  for (const { place } of boundaries) await superuser.unsafe(`create sequence chaos.reached_${place}`)
  return boundaries
}

/** Arms these, so that each is struck once. */
export async function armBoundaries(superuser: Sql, places: readonly number[]): Promise<void> {
  await superuser`
    update chaos.boundary_place as b set is_armed = ${JSON.stringify(places)}::text::jsonb @> to_jsonb(b.place)`
}

/** The armed ones at which a process was ended. */
export async function struckBoundaries(superuser: Sql, places: readonly number[]): Promise<number[]> {
  const struck: number[] = []
  for (const place of places) {
    const [row] = await superuser.unsafe<{ is_called: boolean }[]>(
      `select is_called from chaos.reached_${place}`,
    )
    if (row?.is_called) struck.push(place)
  }
  return struck
}

function tableTriggers(table: string, add: (where: string, after: string) => number): string {
  const trigger = (name: string, when: string, each: string, place: number) =>
    `create ${name} chaos_${place} ${when} insert on ${table} ${each} execute function chaos.boundary_trigger(${place});`
  return [
    trigger('trigger', 'before', 'for each statement', add(table, 'before the first row is written')),
    trigger('trigger', 'after', 'for each statement', add(table, 'after all rows are written')),
    trigger(
      'constraint trigger',
      'after',
      'deferrable initially deferred for each row',
      add(table, 'while the transaction commits'),
    ),
  ].join('\n')
}

/** Sequences do not go back with a transaction that ends: they remember that a boundary was reached. */
const mechanism = `
  create schema if not exists chaos;
  grant usage on schema chaos to public;
  create table chaos.boundary_place (place integer primary key, is_armed boolean not null default false);
  create function chaos.boundary(p_place integer) returns boolean
  language plpgsql security definer set search_path = '' as $$
  begin
    if exists (select from chaos.boundary_place as b where b.place = p_place and b.is_armed)
      and nextval(format('chaos.reached_%s', p_place)) = 1
    then
      perform pg_catalog.pg_terminate_backend(pg_catalog.pg_backend_pid());
      -- Never gets so far: it is where the signal is heard.
      perform pg_catalog.pg_sleep(60);
    end if;
    return false;
  end $$;
  create function chaos.boundary_trigger() returns trigger
  language plpgsql security definer set search_path = '' as $$
  begin
    perform chaos.boundary(tg_argv[0]::integer);
    return null;
  end $$;
`
