-- The way back. songs.themes already carries everyone's edits, so the default leaves it alone and takes back the links that
-- the run made; exact restores the before-image of links and themes. Both end in the same state however often they run.
create function public.tag_migration_rollback_start(p_run uuid, p_exact boolean, p_worker text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_run tag_migration.run;
begin
  select * into v_run from tag_migration.run as r where r.id = p_run for update;
  if v_run.id is null then
    return jsonb_build_object('outcome', 'unknown-run');
  end if;
  if v_run.status = 'rolled_back' then
    return jsonb_build_object('outcome', 'already', 'run', tag_migration.describe(p_run));
  end if;
  if v_run.pruned_at is not null then
    return jsonb_build_object('outcome', 'before-images-gone', 'run', tag_migration.describe(p_run));
  end if;
  if v_run.status = 'rolling_back' and v_run.exact_rollback is distinct from p_exact then
    return jsonb_build_object('outcome', 'other-mode', 'run', tag_migration.describe(p_run));
  end if;
  begin
    update tag_migration.run as r
    set status = 'rolling_back', exact_rollback = p_exact, epoch = r.epoch + 1, worker = p_worker
    where r.id = p_run;
  exception when unique_violation then
    return jsonb_build_object('outcome', 'busy', 'run', (
      select tag_migration.describe(r.id) from tag_migration.run as r
      where r.status in ('preparing', 'running', 'paused', 'failed', 'validating', 'rolling_back') and r.id <> p_run
    ));
  end;
  return jsonb_build_object('outcome', 'started', 'run', tag_migration.describe(p_run));
end
$$;

create function public.tag_migration_rollback_batch(
  p_run uuid, p_epoch integer, p_limit integer, p_after uuid, p_worker text default ''
) returns jsonb
language plpgsql security definer set search_path = '' set enable_seqscan = off
as $$
declare
  v_started timestamptz := clock_timestamp();
  v_exact boolean;
  v_window_end uuid;
  v_window uuid[];
  v_ids uuid[];
  v_deleted uuid[];
  v_answer jsonb;
  v_state text;
  v_message text;
begin
  if not tag_migration.is_current(p_run, p_epoch, array['rolling_back']) then
    return tag_migration.fenced(p_run);
  end if;
  select r.exact_rollback into v_exact from tag_migration.run as r where r.id = p_run;
  perform set_config('lock_timeout', '200ms', true), set_config('tag_migration.engine', 'on', true);

  v_window := array(
    select j.song_id from tag_migration.journal as j
    where j.run_id = p_run and j.song_id > p_after and j.rolled_back_at is null and not j.is_born
    order by j.song_id limit p_limit
  );
  if cardinality(v_window) = 0 then
    return jsonb_build_object('outcome', 'end');
  end if;
  v_window_end := v_window[cardinality(v_window)];

  begin
    v_ids := array(
      select s.id from public.songs as s where s.id = any (v_window) order by s.id for no key update of s skip locked
    );
    -- A song that is gone has nothing to take back; its record stays.
    v_deleted := array(
      select w.id from unnest(v_window) as w (id) where not exists (select from public.songs as s where s.id = w.id)
    );

    with entry as materialized (
      select j.song_id, j.themes, j.tags_before, j.linked, s.themes as themes_now
      from tag_migration.journal as j join public.songs as s on s.id = j.song_id
      where j.run_id = p_run and j.song_id = any (v_ids)
    ), removed as (
      delete from public.song_tags as l using entry as e
      where l.song_id = e.song_id and (l.tag_id = any (e.linked) or v_exact and not l.tag_id = any (e.tags_before))
      returning l.song_id, l.tag_id, l.tag_id = any (e.linked) as was_ours
    ), missing as (
      insert into public.song_tags (song_id, tag_id, created_by)
      select e.song_id, b.tag_id, null from entry as e cross join lateral unnest(e.tags_before) as b (tag_id)
      where v_exact
        and exists (select from public.tags as t where t.id = b.tag_id)
        and not exists (select from public.song_tags as l where l.song_id = e.song_id and l.tag_id = b.tag_id)
      returning song_id, tag_id
    ), rewritten as (
      update public.songs as s set themes = e.themes from entry as e
      where v_exact and s.id = e.song_id and e.themes_now is distinct from e.themes
      returning s.id, e.themes_now, s.themes
    ), stateless as (
      delete from tag_migration.song_state as st where st.song_id = any (v_ids)
    ), marked as (
      update tag_migration.journal as j set rolled_back_at = clock_timestamp()
      where j.run_id = p_run and j.song_id = any (v_ids || v_deleted)
    ), usage as (
      select coalesce(array_agg(u.tag_id), '{}') as tags, coalesce(array_agg(u.links), '{}') as deltas
      from (
        select d.tag_id, sum(d.links)::integer as links
        from (select r.tag_id, -1 as links from removed as r union all select m.tag_id, 1 from missing as m) as d
        group by d.tag_id
      ) as u
    ), recorded as (
      insert into tag_migration.batch (
        number, run_id, is_rollback, epoch, worker, first_song, last_song, songs, themes, links, checksum,
        usage_tags, usage_deltas, duration_ms
      )
      select nextval('tag_migration.batch_number'), p_run, true, p_epoch, p_worker, v_window[1], v_window_end,
        cardinality(v_ids), (select count(*) from rewritten), (select count(*) from removed),
        sha256(convert_to(array_to_string(v_ids, ','), 'UTF8')), u.tags, u.deltas,
        extract(epoch from clock_timestamp() - v_started) * 1000
      from usage as u where cardinality(v_ids) > 0
    )
    select jsonb_build_object(
      'outcome', 'done', 'songs', cardinality(v_ids), 'deleted', cardinality(v_deleted),
      'links', (select count(*) from removed), 'linksRestored', (select count(*) from missing),
      'skipped', cardinality(v_window) - cardinality(v_ids) - cardinality(v_deleted), 'last', v_window_end,
      'conflicts', (
        select coalesce(jsonb_agg(c.conflict), '[]') from (
          select jsonb_build_object('kind', 'themes-overwritten', 'songId', w.id, 'found', w.themes_now, 'restored', w.themes)
          from rewritten as w
          union all
          select jsonb_build_object('kind', 'link-removed', 'songId', r.song_id, 'tag', t.name)
          from removed as r join public.tags as t on t.id = r.tag_id where not r.was_ours
        ) as c (conflict)
      )
    ) into v_answer;
  exception
    when query_canceled or assert_failure or others then
      get stacked diagnostics v_state = returned_sqlstate, v_message = message_text;
      return jsonb_build_object('outcome', 'error', 'sqlstate', v_state, 'message', v_message,
        'songs', coalesce(cardinality(v_ids), 0), 'songId', v_ids[1]);
  end;
  return v_answer || jsonb_build_object(
    'durationMs', round(extract(epoch from clock_timestamp() - v_started)::numeric * 1000, 1));
end
$$;

-- What a rollback would do to a stretch of songs. Reads only.
create function public.tag_migration_rollback_preview(p_run uuid, p_exact boolean, p_after uuid, p_limit integer default 5000)
returns jsonb
language sql stable security definer set search_path = ''
as $$
  with entry as materialized (
    select j.song_id, j.themes, j.tags_before, j.linked, s.id is not null as has_song, s.themes as themes_now
    from tag_migration.journal as j left join public.songs as s on s.id = j.song_id
    where j.run_id = p_run and j.song_id > p_after and j.rolled_back_at is null and not j.is_born
    order by j.song_id limit p_limit
  )
  select jsonb_build_object(
    'last', (select max(e.song_id::text) from entry as e),
    'songs', (select count(*) from entry as e where e.has_song),
    'deleted', (select count(*) from entry as e where not e.has_song),
    'links', (
      select count(*) from entry as e join public.song_tags as l on l.song_id = e.song_id
      where l.tag_id = any (e.linked) or p_exact and not l.tag_id = any (e.tags_before)
    ),
    'conflicts', case when not p_exact then '[]' else (
      select coalesce(jsonb_agg(jsonb_build_object(
        'kind', 'themes-overwritten', 'songId', e.song_id, 'found', e.themes_now, 'restored', e.themes
      )), '[]')
      from entry as e where e.has_song and e.themes_now is distinct from e.themes
    ) end
  )
$$;

-- Removes, some a call, the tags that the run made and that nobody uses or changed. The others are kept, each with its reason.
create function public.tag_migration_rollback_tags(p_run uuid, p_epoch integer, p_after uuid, p_limit integer default 1000)
returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_answer jsonb;
begin
  if not tag_migration.is_current(p_run, p_epoch, array['rolling_back']) then
    return tag_migration.fenced(p_run);
  end if;
  with made as materialized (
    select rt.tag_id, rt.name from tag_migration.run_tag as rt
    where rt.run_id = p_run and rt.tag_id > p_after order by rt.tag_id limit p_limit
  ), elsewhere as materialized (
    select u.tag_id from tag_migration.run as r
    join tag_migration.run_theme as o on o.run_id = r.id cross join lateral unnest(o.tag_ids) as u (tag_id)
    where r.id <> p_run and r.status <> 'rolled_back'
  ), judged as materialized (
    select m.tag_id, m.name, t.name as name_now,
      case
        when t.id is null then 'gone'
        when exists (select from public.song_tags as l where l.tag_id = m.tag_id) then 'linked'
        when t.name is distinct from m.name then 'renamed'
        when t.merged_into is not null or exists (select from public.tags as o where o.merged_into = m.tag_id) then 'merged'
        when t.is_standard then 'promoted'
        when exists (select from public.tag_synonyms as y where y.tag_id = m.tag_id) then 'synonyms added'
        -- Other songs' records name it: taking those back later must find it.
        when m.tag_id in (select e.tag_id from elsewhere as e) then 'used by another run'
      end as kept
    from made as m left join public.tags as t on t.id = m.tag_id
  ), removed as (
    delete from public.tags as t using judged as g where t.id = g.tag_id and g.kept is null returning t.id
  )
  select jsonb_build_object(
    'outcome', 'done', 'last', (select max(m.tag_id::text) from made as m), 'removed', (select count(*) from removed),
    'conflicts', (
      select coalesce(jsonb_agg(jsonb_build_object('kind', 'tag-kept', 'tag', g.name_now, 'reason', g.kept) order by g.name), '[]')
      from judged as g where g.kept <> 'gone'
    )
  ) into v_answer;
  return v_answer;
end
$$;

create function public.tag_migration_rollback_finish(p_run uuid, p_epoch integer) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  update tag_migration.run as r set status = 'rolled_back', rolled_back_at = clock_timestamp()
  where r.id = p_run and r.epoch = p_epoch and r.status = 'rolling_back';
  -- Rolled back already in this epoch: only the answer was lost.
  if not found and not tag_migration.is_current(p_run, p_epoch, array['rolled_back']) then
    return tag_migration.fenced(p_run);
  end if;
  return jsonb_build_object('outcome', 'moved', 'run', tag_migration.describe(p_run));
end
$$;

grant execute on function
  public.tag_migration_rollback_start(uuid, boolean, text),
  public.tag_migration_rollback_batch(uuid, integer, integer, uuid, text),
  public.tag_migration_rollback_preview(uuid, boolean, uuid, integer),
  public.tag_migration_rollback_tags(uuid, integer, uuid, integer), public.tag_migration_rollback_finish(uuid, integer)
to service_role;
