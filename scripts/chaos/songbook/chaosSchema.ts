import type { Sql } from 'postgres'

/**
 * Adds what the writers need: their log, which commits with the edit that it tells of, so that no answer that gets lost
 * leaves a doubt, and whose sequence is drawn while the edit holds the song's row, so that it has the edits' own order. A
 * merge keeps batches out until it commits; so what was in step by then had been migrated before.
 */
export async function createChaosSchema(sql: Sql): Promise<void> {
  await sql.unsafe(`
    create schema chaos;
    create table chaos.log (
      place bigint generated always as identity primary key,
      attempt uuid not null unique,
      edit jsonb not null,
      is_synced boolean not null,
      is_back boolean not null,
      in_step uuid[] not null
    );
    create function chaos.themes(p_themes jsonb) returns text[] language sql immutable set search_path = '' as $$
      select case when jsonb_typeof(p_themes) = 'array' then array(
        select e.value from jsonb_array_elements_text(p_themes) with ordinality as e (value, place) order by e.place
      ) end
    $$;
    create function chaos.write(p_attempt uuid, p_edit jsonb, p_is_back boolean) returns void
    language sql security definer set search_path = '' as $$
      insert into chaos.log (attempt, edit, is_synced, is_back, in_step)
      select p_attempt, p_edit, exists (
        select from tag_migration.song_state as s where s.song_id = (p_edit ->> 'song')::uuid
      ), p_is_back, case when p_edit ? 'song' then '{}' else array(select s.song_id from tag_migration.song_state as s) end
    $$;
    grant usage on schema chaos to authenticated;
    grant execute on function chaos.themes(jsonb), chaos.write(uuid, jsonb, boolean) to authenticated`)
}
