-- The admin page. The engine's functions are the secret key's alone; a page acts as the person who is signed in. So there is
-- one door for people, which asks the database whether it is an admin who calls and knows a fixed list of calls: what looks, and
-- what stops or lets go. Whatever moves songs stays with the workers, of which the edge function is one.

-- Lets songs out of a run's quarantine, so that whoever goes on with it tries them again. Not while it works: a worker that has
-- seen the last song would not look back. Of a run that has ended, its successor tries them all.
create function public.tag_migration_release(p_run uuid, p_song uuid default null) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_status text;
  v_songs integer;
begin
  perform tag_migration.hold_batches();
  select r.status into v_status from tag_migration.run as r where r.id = p_run for update;
  if v_status is null then
    return jsonb_build_object('outcome', 'unknown-run');
  end if;
  if v_status not in ('paused', 'failed') then
    return jsonb_build_object('outcome', 'refused', 'run', tag_migration.describe(p_run));
  end if;
  delete from tag_migration.quarantine as q where q.run_id = p_run and (p_song is null or q.song_id = p_song);
  get diagnostics v_songs = row_count;
  return jsonb_build_object('outcome', 'released', 'songs', v_songs);
end
$$;

-- Before a run that is to try one song again begins: the others that earlier runs have put aside stay aside.
create function public.tag_migration_keep_aside(p_run uuid, p_epoch integer, p_song uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_songs integer;
begin
  if not tag_migration.is_current(p_run, p_epoch, array['preparing']) then
    return tag_migration.fenced(p_run);
  end if;
  insert into tag_migration.quarantine (run_id, song_id, sqlstate, message, attempts)
  select distinct on (q.song_id) p_run, q.song_id, q.sqlstate, q.message, q.attempts
  from tag_migration.quarantine as q join tag_migration.run as r on r.id = q.run_id
  where q.run_id <> p_run and r.status <> 'rolled_back' and q.song_id <> p_song
    and exists (select from public.songs as s where s.id = q.song_id)
    and not exists (select from tag_migration.song_state as st where st.song_id = q.song_id)
  order by q.song_id, q.at desc
  on conflict (run_id, song_id) do nothing;
  get diagnostics v_songs = row_count;
  return jsonb_build_object('outcome', 'kept-aside', 'songs', v_songs);
end
$$;

-- The names, as they are now, of the tags that these stand for.
create function tag_migration.tag_names(p_tags uuid[]) returns jsonb
language sql stable set search_path = ''
as $$
  select coalesce(jsonb_agg(n.name order by n.name collate "C"), '[]')
  from (
    select distinct coalesce(m.name, t.name) as name
    from public.tags as t left join public.tags as m on m.id = t.merged_into where t.id = any (p_tags)
  ) as n
$$;

-- Of a window of songs that no run has migrated: how many hold any of these themes, and some of them as they are. For the
-- review of a plan, which shows what a decision touches. Reads only.
create function public.tag_migration_songs_with(p_themes jsonb, p_after uuid, p_limit integer default 5000, p_samples integer default 5)
returns jsonb
language sql stable security definer set search_path = ''
as $$
  with wanted as materialized (
    select array(select w.raw from jsonb_array_elements_text(p_themes) as w (raw)) as themes
  ), place as materialized (
    select s.id, s.themes from tag_migration.song_themes as s where s.id > p_after order by s.id limit p_limit
  ), song as materialized (
    select p.id, p.themes from place as p cross join wanted as w
    where p.themes && w.themes and tag_migration.can_hold(p.themes)
      and not exists (select from tag_migration.song_state as st where st.song_id = p.id)
  )
  select jsonb_build_object(
    'last', (select max(p.id::text) from place as p),
    'songs', (select count(*) from song),
    'samples', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', s.id, 'title', s.title, 'themes', to_jsonb(array(select unnest(c.themes))), 'tags', tag_migration.tag_names(array(
          select l.tag_id from public.song_tags as l where l.song_id = c.id
        ))
      ) order by s.id), '[]')
      from (select * from song as g order by g.id limit p_samples) as c join public.songs as s on s.id = c.id
    )
  )
$$;

-- A song as every run found it, as that run left it, and as it is now. Names that were given at the time are normalized ones; a tag
-- that still has the name shows it as it is written.
create function public.tag_migration_song(p_song uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'id', s.id, 'title', s.title,
    'now', jsonb_build_object(
      'themes', to_jsonb(h.themes),
      'tags', tag_migration.tag_names(array(select l.tag_id from public.song_tags as l where l.song_id = s.id)),
      'isMigrated', exists (select from tag_migration.song_state as st where st.song_id = s.id)
    ),
    'runs', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', r.id, 'status', r.status, 'startedAt', r.started_at, 'at', b.finished_at, 'batch', j.batch,
        'isBorn', j.is_born, 'isForgotten', j.forgotten_at is not null, 'rolledBackAt', j.rolled_back_at,
        'before', jsonb_build_object('themes', to_jsonb(j.themes), 'tags', tag_migration.tag_names(j.tags_before)),
        'migrated', (
          select coalesce(jsonb_agg(coalesce(t.name, n.name) order by n.place), '[]')
          from unnest(j.names) with ordinality as n (name, place)
          left join public.tags as t on t.normalized_name = n.name
        )
      ) order by r.started_at desc), '[]')
      from tag_migration.journal as j join tag_migration.run as r on r.id = j.run_id
      left join tag_migration.batch as b on b.number = j.batch
      where j.song_id = s.id
    ),
    'quarantined', (
      select jsonb_build_object('run', q.run_id, 'sqlstate', q.sqlstate, 'message', q.message, 'attempts', q.attempts)
      from tag_migration.quarantine as q join tag_migration.run as r on r.id = q.run_id
      where q.song_id = s.id and r.status <> 'rolled_back'
        and not exists (select from tag_migration.song_state as st where st.song_id = s.id)
      order by q.at desc limit 1
    )
  )
  from public.songs as s left join tag_migration.song_themes as h on h.id = s.id
  where s.id = p_song
$$;

-- What a person is called beside a run: nobody says that of himself.
create function tag_migration.person() returns text
language sql stable set search_path = ''
as $$
  select coalesce((select u.email::text from auth.users as u where u.id = (select auth.uid())), (select auth.uid())::text)
$$;

-- What the door leads to. Arguments that are left out have the defaults of the functions themselves.
create function tag_migration.administer(p_call text, p_args jsonb) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  v_run uuid := (p_args ->> 'p_run')::uuid;
  v_after uuid;
  v_limit integer := (p_args ->> 'p_limit')::integer;
begin
  -- Two of the walks are over something else than ids.
  if p_call not in ('plan', 'rollback_conflicts') then
    v_after := coalesce((p_args ->> 'p_after')::uuid, '00000000-0000-0000-0000-000000000000');
  end if;
  case p_call
    -- How runs are doing, and what they did.
    when 'run' then
      return public.tag_migration_run(v_run, coalesce((p_args ->> 'p_standing')::boolean, false));
    when 'status' then
      return public.tag_migration_status(v_run);
    when 'runs' then
      return public.tag_migration_runs((p_args ->> 'p_before')::uuid, coalesce(v_limit, 20));
    when 'quarantined' then
      return public.tag_migration_quarantined(v_run);
    when 'song' then
      return public.tag_migration_song((p_args ->> 'p_song')::uuid);
    -- The plan.
    when 'survey' then
      return public.tag_migration_survey(
        v_after, coalesce(v_limit, 5000), (p_args ->> 'p_without')::uuid, (p_args ->> 'p_until')::uuid
      );
    when 'songs_with' then
      return public.tag_migration_songs_with(
        p_args -> 'p_themes', v_after, coalesce(v_limit, 5000), coalesce((p_args ->> 'p_samples')::integer, 5)
      );
    when 'plan' then
      return public.tag_migration_plan(p_args ->> 'p_hash', coalesce(p_args ->> 'p_after', ''), coalesce(v_limit, 2000));
    when 'add_plan' then
      -- That of a run is frozen: the run has all of it, and nothing is added.
      if not exists (select from tag_migration.run as r where r.plan_hash = p_args ->> 'p_hash') then
        perform public.tag_migration_add_plan(p_args ->> 'p_hash', p_args -> 'p_plan');
      end if;
      return null;
    -- Stopping, and letting go.
    when 'stop' then
      return public.tag_migration_stop(v_run, p_args ->> 'p_to', tag_migration.person());
    when 'fold' then
      return to_jsonb(public.tag_migration_fold(v_run));
    when 'release' then
      return public.tag_migration_release(v_run, (p_args ->> 'p_song')::uuid);
    -- What a rollback would do, and has done.
    when 'rollback_preview' then
      return public.tag_migration_rollback_preview(
        v_run, (p_args ->> 'p_exact')::boolean, v_after, coalesce(v_limit, 5000), (p_args ->> 'p_to_batch')::bigint,
        (p_args ->> 'p_to_time')::timestamptz
      );
    when 'rollback_preview_tags' then
      return public.tag_migration_rollback_preview_tags(v_run, v_after, coalesce(v_limit, 200));
    when 'rollback_conflicts' then
      return public.tag_migration_rollback_conflicts(
        v_run, coalesce((p_args ->> 'p_after')::bigint, 0), coalesce(v_limit, 1000)
      );
    when 'rollback_errors' then
      return public.tag_migration_rollback_errors(v_run);
    -- What the contract step needs, validation included.
    when 'contract_state' then
      return public.tag_migration_contract_state((p_args ->> 'p_quiet_days')::integer);
    when 'chunks' then
      return public.tag_migration_chunks(
        v_run, v_after, (p_args ->> 'p_chunk')::integer, (p_args ->> 'p_chunks')::integer, (p_args ->> 'p_place')::integer
      );
    when 'validate_songs' then
      return public.tag_migration_validate_songs(v_run, v_after, (p_args ->> 'p_until')::uuid);
    when 'validate_batches' then
      return public.tag_migration_validate_batches(
        v_run, v_after, coalesce((p_args ->> 'p_number')::bigint, 0),
        coalesce((p_args ->> 'p_until')::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
      );
    when 'validate_tags' then
      return public.tag_migration_validate_tags(v_after);
    when 'validate_live' then
      return public.tag_migration_validate_live(
        v_after, coalesce((p_args ->> 'p_until')::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'), coalesce(v_limit, 20000)
      );
    when 'validate_rollback' then
      return public.tag_migration_validate_rollback(v_run, v_after, coalesce(v_limit, 5000));
    when 'long_themes' then
      return public.tag_migration_long_themes(v_after, coalesce(v_limit, 20000));
    else
      raise exception using errcode = '42501', message = format('%s is no call for people.', p_call);
  end case;
end
$$;

-- The one door for people. p_call is the engine's function of that name but for tag_migration_, p_args its arguments by name.
create function public.administer_migration(p_call text, p_args jsonb default '{}') returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  if not public.is_admin() then
    raise exception using errcode = '42501', message = 'Only an admin may do this.';
  end if;
  return tag_migration.administer(p_call, p_args);
end
$$;

grant execute on function public.administer_migration(text, jsonb) to authenticated;
grant execute on function
  public.tag_migration_release(uuid, uuid), public.tag_migration_keep_aside(uuid, integer, uuid),
  public.tag_migration_songs_with(jsonb, uuid, integer, integer), public.tag_migration_song(uuid)
to service_role;
