-- After a migration: how long before-images are kept, and how one is erased. The old column stays until a person says otherwise.

-- Erases what the journal remembers of a song, for good: it can then no longer be taken back exactly.
create function public.tag_migration_forget_song(p_song uuid) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  v_rows integer;
begin
  -- A custom tag may be this song's alone, and its name the song's own text.
  update tag_migration.journal as j set themes = null, names = '{}', forgotten_at = now()
  where j.song_id = p_song and j.forgotten_at is null
    -- Only of songs that are gone or runs that are over: a live run still has to be able to go back.
    and (j.deleted_at is not null or j.rolled_back_at is not null);
  get diagnostics v_rows = row_count;
  -- What a rollback overwrote is the song's text, too.
  delete from tag_migration.rollback_conflict as c using tag_migration.run as r
  where c.song_id = p_song and r.id = c.run_id and r.status <> 'rolling_back';
  delete from tag_migration.archive as a
  where a.song_id = p_song and not exists (select from public.songs as s where s.id = p_song);
  return v_rows;
end
$$;

-- Drops the before-images of runs that ended longer ago than the retention time, some songs a call.
create function public.tag_migration_prune(p_retention interval default '180 days', p_limit integer default 10000) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  v_rows integer;
begin
  with old as (
    select j.song_id, j.run_id from tag_migration.journal as j
    join tag_migration.run as r on r.id = j.run_id
    -- A run that is being taken back has finished once, too.
    where r.status in ('complete', 'cancelled', 'rolled_back') and coalesce(r.rolled_back_at, r.finished_at) < now() - p_retention
    limit p_limit
  ), dropped as (
    delete from tag_migration.journal as j using old as o where j.song_id = o.song_id and j.run_id = o.run_id
    returning j.run_id
  ), listed as (
    delete from tag_migration.rollback_conflict as c using old as o where c.song_id = o.song_id and c.run_id = o.run_id
  ), marked as (
    update tag_migration.run as r set pruned_at = now()
    where r.pruned_at is null and r.id in (select d.run_id from dropped as d)
  )
  select count(*) into v_rows from dropped;
  return v_rows;
end
$$;

grant execute on function public.tag_migration_forget_song(uuid), public.tag_migration_prune(interval, integer) to service_role;
