-- The engine: plan, forward, validate, back. Every call is one transaction, ends within about two seconds at a million songs
-- and answers with its outcome as data. Applying this file moves nothing; a person starts a run.

-- What a run looks like from outside. Totals are sums over its batches; no batch ever updates the run.
create function tag_migration.describe(p_run uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object(
    'id', r.id, 'status', r.status, 'epoch', r.epoch, 'planHash', r.plan_hash, 'totalSongs', r.total_songs,
    'options', r.options, 'worker', r.worker, 'startedBy', r.started_by, 'certificate', r.certificate,
    'failure', r.failure, 'exactRollback', r.exact_rollback, 'startedAt', r.started_at, 'finishedAt', r.finished_at,
    'rolledBackAt', r.rolled_back_at, 'prunedAt', r.pruned_at,
    'idleSeconds', extract(epoch from clock_timestamp() - coalesce(b.last_at, r.changed_at)),
    'batches', b.batches, 'songs', b.songs, 'themes', b.themes, 'linksCreated', b.links,
    'rollbackBatches', b.rollback_batches, 'songsRestored', b.restored, 'linksRemoved', b.removed,
    'lastSong', b.last_song,
    'tagsCreated', (select count(*) from tag_migration.run_tag as t where t.run_id = r.id),
    'tagsReused', (
      select count(distinct u.tag_id) from tag_migration.run_theme as t cross join lateral unnest(t.tag_ids) as u (tag_id)
      where t.run_id = r.id
        and not exists (select from tag_migration.run_tag as rt where rt.run_id = r.id and rt.tag_id = u.tag_id)
    ),
    'themesLate', (select count(*) from tag_migration.run_theme as t where t.run_id = r.id and t.is_late),
    'quarantined', (select count(*) from tag_migration.quarantine as q where q.run_id = r.id)
  )
  from tag_migration.run as r
  cross join lateral (
    select
      count(*) filter (where not b.is_rollback) as batches,
      coalesce(sum(b.songs) filter (where not b.is_rollback), 0) as songs,
      coalesce(sum(b.themes) filter (where not b.is_rollback), 0) as themes,
      coalesce(sum(b.links) filter (where not b.is_rollback), 0) as links,
      count(*) filter (where b.is_rollback) as rollback_batches,
      coalesce(sum(b.songs) filter (where b.is_rollback), 0) as restored,
      coalesce(sum(b.links) filter (where b.is_rollback), 0) as removed,
      max(b.last_song::text) filter (where not b.is_rollback)::uuid as last_song,
      max(b.finished_at) as last_at
    from tag_migration.batch as b where b.run_id = r.id
  ) as b
  where r.id = p_run
$$;

-- p_standing prefers a run that has done songs and is not taken back: what a rollback or a validation means without a name.
create function public.tag_migration_run(p_run uuid default null, p_standing boolean default false) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select tag_migration.describe(r.id) from tag_migration.run as r
  where p_run is null or r.id = p_run
  order by
    p_standing and r.status <> 'rolled_back'
      and exists (select from tag_migration.batch as b where b.run_id = r.id and not b.is_rollback) desc,
    r.started_at desc
  limit 1
$$;
comment on function public.tag_migration_run is 'The run, or the latest one; null when there is none.';

create function public.tag_migration_quarantined(p_run uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'songId', q.song_id, 'title', s.title, 'sqlstate', q.sqlstate, 'message', q.message, 'attempts', q.attempts
  ) order by q.song_id), '[]')
  from (select * from tag_migration.quarantine as q where q.run_id = p_run order by q.song_id limit 1000) as q
  left join public.songs as s on s.id = q.song_id
$$;

-- Reads a window of songs that no run has migrated: what the plan and the preflight are made from.
create function public.tag_migration_survey(
  p_after uuid default '00000000-0000-0000-0000-000000000000', p_limit integer default 5000
) returns jsonb
language sql stable security definer set search_path = ''
as $$
  with place as materialized (
    select s.id, s.themes from public.songs as s where s.id > p_after order by s.id limit p_limit
  ), song as materialized (
    select p.id, p.themes from place as p
    where not exists (select from tag_migration.song_state as st where st.song_id = p.id)
  ), theme as (
    select e.raw, count(*) as mentions, count(distinct s.id) as songs
    from song as s cross join lateral unnest(s.themes) as e (raw)
    group by e.raw
  )
  select jsonb_build_object(
    'last', (select max(p.id::text) from place as p),
    'songs', (select count(*) from song),
    'songsWithThemes', (select count(*) from song as s where cardinality(s.themes) > 0),
    'songsAlreadyDone', (select count(*) from place) - (select count(*) from song),
    'mentions', (select coalesce(sum(t.mentions), 0) from theme as t),
    'bytes', (select coalesce(sum(pg_column_size(s.themes)), 0) from song as s),
    'themes', (select coalesce(jsonb_agg(jsonb_build_array(t.raw, t.songs)), '[]') from theme as t where t.raw is not null)
  )
$$;

create function public.tag_migration_add_plan(p_hash text, p_plan jsonb) returns void
language sql security definer set search_path = ''
as $$
  insert into tag_migration.plan (hash) values (p_hash) on conflict do nothing;
  insert into tag_migration.plan_theme (plan_hash, raw, disposition, tag_names, category, needs_review, entry)
  select p_hash, e.value ->> 'rawTheme', e.value ->> 'disposition',
    array(select n.value from jsonb_array_elements_text(e.value -> 'tags') with ordinality as n (value, place) order by n.place),
    (e.value ->> 'category')::public.tag_category, (e.value ->> 'needsReview')::boolean,
    e.value - 'tags' - 'needsReview'
  from jsonb_array_elements(p_plan -> 'entries') as e (value)
  on conflict (plan_hash, raw_key) do nothing;
$$;
comment on function public.tag_migration_add_plan is
  'Adds entries to the plan of this hash. Safe to repeat, so a plan of any size can be sent in pieces.';

create function public.tag_migration_plan(p_hash text, p_after text default '', p_limit integer default 2000) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'last', max(t.raw_key),
    'entries', coalesce(jsonb_agg(t.entry order by t.raw_key), '[]')
  )
  from (
    select p.raw_key, p.entry from tag_migration.plan_theme as p
    where p.plan_hash = p_hash and p.raw_key > p_after order by p.raw_key limit p_limit
  ) as t
$$;

create function public.tag_migration_start(
  p_plan_hash text, p_plan_themes integer, p_total_songs bigint, p_options jsonb, p_worker text
) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_run uuid;
  v_own boolean;
  v_themes integer;
begin
  select count(*) into v_themes from tag_migration.plan_theme as p where p.plan_hash = p_plan_hash;
  if v_themes <> p_plan_themes then
    return jsonb_build_object('outcome', 'incomplete-plan', 'themes', v_themes);
  end if;
  insert into tag_migration.plan (hash) values (p_plan_hash) on conflict do nothing;
  begin
    insert into tag_migration.run (plan_hash, total_songs, options, worker)
    values (p_plan_hash, p_total_songs, p_options, p_worker) returning id into v_run;
  exception when unique_violation then
    -- With the caller's own key among its options it is the run that the caller started: only the answer was lost.
    select r.id, r.plan_hash = p_plan_hash and r.options = p_options and p_options ? 'startKey' and r.epoch = 1
    into v_run, v_own
    from tag_migration.run as r
    where r.status in ('preparing', 'running', 'paused', 'failed', 'validating', 'rolling_back');
    if not v_own then
      return jsonb_build_object('outcome', 'busy', 'run', tag_migration.describe(v_run));
    end if;
  end;
  return jsonb_build_object('outcome', 'started', 'run', tag_migration.describe(v_run));
end
$$;

-- Locks the run for one call: share for work, so that pause and resume wait for it and it for them.
create function tag_migration.is_current(p_run uuid, p_epoch integer, p_statuses text[]) returns boolean
language plpgsql set search_path = ''
as $$
begin
  perform from tag_migration.run as r
    where r.id = p_run and r.epoch = p_epoch and r.status = any (p_statuses) for share;
  return found;
end
$$;

create function tag_migration.fenced(p_run uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('outcome', 'fenced', 'status', r.status, 'epoch', r.epoch, 'worker', r.worker)
  from tag_migration.run as r where r.id = p_run
$$;

-- The tags of these names, made where they are missing. Everything else about a tag is left to people.
create function tag_migration.ensure_tags(p_run uuid, p_names text[], p_categories public.tag_category[], p_review boolean[])
returns void
language plpgsql set search_path = ''
as $$
begin
  -- The counting and the synonym check are the triggers' business; here only new names are tried.
  with wanted as (
    select distinct on (w.normalized) w.normalized, w.name, w.category,
      bool_and(w.review) over (partition by w.normalized) as review
    from (
      select public.normalize_tag_name(n.name) as normalized, n.name, coalesce(n.category, 'theme') as category, n.review
      from unnest(p_names, p_categories, p_review) as n (name, category, review)
    ) as w
    order by w.normalized, w.name collate "C"
  ), made as (
    insert into public.tags (name, category, needs_review, created_by)
    select w.name, w.category, w.review, null from wanted as w
    where w.normalized <> '' and not exists (select from public.tag_names as n where n.normalized_name = w.normalized)
    order by w.normalized
    on conflict (normalized_name) do nothing
    returning id, name
  )
  insert into tag_migration.run_tag (run_id, tag_id, name) select p_run, m.id, m.name from made as m;
end
$$;

-- Makes the planned tags and resolves the plan to them, some themes a call, before the first batch.
create function public.tag_migration_prepare(p_run uuid, p_epoch integer, p_limit integer default 1000) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_plan text;
  v_raw_keys text[];
  v_remaining integer;
begin
  if not tag_migration.is_current(p_run, p_epoch, array['preparing']) then
    -- Ready already in this epoch: only the answer was lost.
    if tag_migration.is_current(p_run, p_epoch, array['running']) then
      return jsonb_build_object('outcome', 'ready', 'run', tag_migration.describe(p_run));
    end if;
    return tag_migration.fenced(p_run);
  end if;
  select r.plan_hash into v_plan from tag_migration.run as r where r.id = p_run;
  v_raw_keys := array(
    select p.raw_key from tag_migration.plan_theme as p
    where p.plan_hash = v_plan and not exists (
      select from tag_migration.run_theme as t where t.run_id = p_run and t.raw_key = p.raw_key
    )
    order by p.raw_key limit p_limit
  );
  perform tag_migration.ensure_tags(
    p_run, array_agg(n.name order by p.raw_key, n.place), array_agg(p.category order by p.raw_key, n.place),
    array_agg(p.needs_review order by p.raw_key, n.place)
  )
  from tag_migration.plan_theme as p cross join lateral unnest(p.tag_names) with ordinality as n (name, place)
  where p.plan_hash = v_plan and p.raw_key = any (v_raw_keys)
  having count(*) > 0;

  insert into tag_migration.run_theme (run_id, raw_key, raw, tag_ids)
  select p_run, p.raw_key, p.raw, coalesce(y.tag_ids, '{}')
  from tag_migration.plan_theme as p
  cross join lateral (
    -- Two names of one entry may have become one tag; it is yielded once.
    select array_agg(d.tag_id order by d.place) as tag_ids
    from (
      select k.tag_id, min(n.place) as place
      from unnest(p.tag_names) with ordinality as n (name, place)
      join public.tag_names as k on k.normalized_name = public.normalize_tag_name(n.name)
      group by k.tag_id
    ) as d
  ) as y
  where p.plan_hash = v_plan and p.raw_key = any (v_raw_keys);

  if cardinality(v_raw_keys) < p_limit then
    update tag_migration.run as r set status = 'running' where r.id = p_run;
    analyze tag_migration.run_theme;
    return jsonb_build_object('outcome', 'ready', 'run', tag_migration.describe(p_run));
  end if;
  return jsonb_build_object('outcome', 'more', 'prepared', cardinality(v_raw_keys));
end
$$;

-- Takes up themes that the plan does not know: an existing name, or a custom tag flagged for review. Never splits, never guesses.
create function public.tag_migration_adopt(p_run uuid, p_epoch integer, p_themes text[]) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  if not tag_migration.is_current(p_run, p_epoch, array['running']) then
    return tag_migration.fenced(p_run);
  end if;
  perform tag_migration.ensure_tags(
    p_run, array_agg(c.name order by c.name), array_agg(null::public.tag_category), array_agg(true)
  )
  from (
    select distinct tag_migration.tidy_name(t.raw) as name from unnest(p_themes) as t (raw)
  ) as c
  where char_length(c.name) between 1 and 50 and not public.is_blank_tag_name(c.name)
  having count(*) > 0;
  insert into tag_migration.run_theme (run_id, raw_key, raw, tag_ids, is_late)
  select distinct on (md5(t.raw)) p_run, md5(t.raw), t.raw,
    coalesce((
      select array[n.tag_id] from public.tag_names as n
      where n.normalized_name = public.normalize_tag_name(tag_migration.tidy_name(t.raw))
        and char_length(tag_migration.tidy_name(t.raw)) <= 50
        and not public.is_blank_tag_name(t.raw)
    ), '{}'),
    true
  from unnest(p_themes) as t (raw) where t.raw is not null
  on conflict (run_id, raw_key) do nothing;
  return jsonb_build_object('outcome', 'adopted');
end
$$;

-- Those of the songs that no run has done and that this run has not put aside, in id order.
create function tag_migration.undone(p_run uuid, p_songs uuid[]) returns uuid[]
language sql set search_path = ''
as $$
  select array(
    select w.id from unnest(p_songs) as w (id)
    except (
      select st.song_id from tag_migration.song_state as st where st.song_id = any (p_songs)
      union all
      select q.song_id from tag_migration.quarantine as q where q.run_id = p_run and q.song_id = any (p_songs)
    )
    order by 1
  )
$$;

-- One batch: locks, links, song state, before-images and the batch row, in one transaction or not at all.
create function public.tag_migration_batch(
  p_run uuid, p_epoch integer, p_limit integer, p_after uuid, p_worker text default ''
) returns jsonb
language plpgsql security definer set search_path = ''
-- One plan for every batch size: a few index look-ups for each song. Left to itself the planner plans each batch anew,
-- which costs as much as a small batch, or reads whole tables for each song while they are small.
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
  v_started timestamptz := clock_timestamp();
  v_window uuid[];
  v_undone uuid[];
  v_ids uuid[] := '{}';
  v_skipped integer;
  v_number bigint;
  v_songs integer;
  v_themes integer;
  v_links integer;
  v_unknown integer;
  v_state text;
  v_message text;
begin
  if not tag_migration.is_current(p_run, p_epoch, array['running']) then
    return tag_migration.fenced(p_run);
  end if;
  perform set_config('lock_timeout', '200ms', true), set_config('tag_migration.engine', 'on', true);

  v_window := array(select s.id from public.songs as s where s.id > p_after order by s.id limit p_limit);
  if cardinality(v_window) = 0 then
    return jsonb_build_object('outcome', 'end');
  end if;

  begin
    -- Ids go as arrays: an anti-join over a narrow uuid range is estimated at one row, and turns quadratic.
    v_undone := tag_migration.undone(p_run, v_window);
    v_ids := array(
      select s.id from public.songs as s where s.id = any (v_undone) order by s.id for no key update of s skip locked
    );
    -- Songs that a person holds were skipped: the sweep must know that it has to come back.
    v_skipped := cardinality(v_undone) - cardinality(v_ids);
    -- Once more under the lock: another worker may have done some between the reading and the locking.
    v_ids := tag_migration.undone(p_run, v_ids);
    if cardinality(v_ids) = 0 then
      return jsonb_build_object('outcome', 'done', 'songs', 0, 'themes', 0, 'links', 0,
        'skipped', v_skipped, 'last', v_window[cardinality(v_window)], 'durationMs', 0);
    end if;

    -- Reading starts in a statement of its own: only what is read after the lock is what the lock protects.
    v_number := nextval('tag_migration.batch_number');
    -- Song by song, each with its own few index look-ups: joins between the intermediate results would be planned on
    -- guesses, and go quadratic under the generic plan that saves planning this for every batch.
    with line as materialized (
      select s.id, s.themes, y.unknown, y.yields, y.positions, b.tags as tags_before,
        case when b.tags = '{}' then y.roots
          else array(select unnest(y.roots) except select unnest(b.tags)) end as linked,
        case when b.tags = '{}' then '{}'
          else array(select unnest(b.tags) except select unnest(y.roots)) end as extra,
        case when b.tags = '{}' then y.names else array(
          select n.name collate "C" from unnest(y.names) as n (name)
          union
          select t.normalized_name collate "C" from unnest(b.tags) as u (tag_id) join public.tags as t on t.id = u.tag_id
          order by 1
        ) end as names
      from public.songs as s
      cross join lateral (
        select count(*) filter (where e.raw is not null and e.raw_key is null) as unknown,
          coalesce(array_agg(e.tag_id order by e.position, e.part) filter (where e.tag_id is not null), '{}') as yields,
          coalesce(array_agg(e.position order by e.position, e.part) filter (where e.tag_id is not null), '{}') as positions,
          coalesce(array_agg(distinct e.root_id) filter (where e.tag_id is not null), '{}') as roots,
          coalesce(array_agg(distinct e.name collate "C") filter (where e.tag_id is not null), '{}') as names
        from (
          select e.position::smallint as position, y.part, e.raw, r.raw_key, y.tag_id, coalesce(m.id, t.id) as root_id,
            coalesce(m.normalized_name, t.normalized_name) as name
          from unnest(s.themes) with ordinality as e (raw, position)
          left join tag_migration.run_theme as r on r.run_id = p_run and r.raw_key = md5(e.raw) and r.raw = e.raw
          left join lateral unnest(r.tag_ids) with ordinality as y (tag_id, part) on true
          left join public.tags as t on t.id = y.tag_id
          left join public.tags as m on m.id = t.merged_into
        ) as e
      ) as y
      cross join lateral (
        select array(select l.tag_id from public.song_tags as l where l.song_id = s.id) as tags
      ) as b
      where s.id = any (v_ids)
      order by s.id
    ), hashed as materialized (
      select n.*, sha256(convert_to(tag_migration.canonical_line(n.id, n.themes, n.names), 'UTF8')) as hash from line as n
    ), fresh as (
      insert into public.song_tags (song_id, tag_id, created_by)
      select n.id, l.tag_id, null from hashed as n cross join lateral unnest(n.linked) as l (tag_id)
      returning tag_id
    ), state as (
      insert into tag_migration.song_state (song_id, seen, yields, yield_positions, extra)
      select n.id, n.themes, n.yields, n.positions, n.extra from hashed as n
    ), journal as (
      insert into tag_migration.journal (run_id, song_id, batch, themes, tags_before, linked, line_hash)
      select p_run, n.id, v_number, n.themes, n.tags_before, n.linked, n.hash from hashed as n
    ), usage as (
      select array_agg(u.tag_id) as tags, array_agg(u.links) as deltas, sum(u.links) as links
      from (select f.tag_id, count(*)::integer as links from fresh as f group by f.tag_id) as u
    ), total as (
      select coalesce(sum(cardinality(n.themes)), 0) as elements, sum(n.unknown) as unknown, sha256(string_agg(n.hash, null order by n.id)) as checksum
      from hashed as n
    ), recorded as (
      insert into tag_migration.batch (
        number, run_id, epoch, worker, first_song, last_song, songs, themes, links, checksum, usage_tags, usage_deltas, duration_ms
      )
      select v_number, p_run, p_epoch, p_worker, v_ids[1], v_ids[cardinality(v_ids)], cardinality(v_ids),
        t.elements, coalesce(u.links, 0), t.checksum, coalesce(u.tags, '{}'), coalesce(u.deltas, '{}'),
        extract(epoch from clock_timestamp() - v_started) * 1000
      from usage as u cross join total as t
      returning songs, themes, links
    )
    select r.songs, r.themes, r.links, t.unknown into v_songs, v_themes, v_links, v_unknown
    from recorded as r cross join total as t;
    if v_unknown > 0 then
      raise exception using errcode = 'TM001', message = 'Themes that the plan does not know.';
    end if;
  exception
    when sqlstate 'TM001' then
      return jsonb_build_object('outcome', 'unknown-themes', 'themes', (
        select jsonb_agg(u.raw) from (
          select distinct e.raw from public.songs as s cross join lateral unnest(s.themes) as e (raw)
          where s.id = any (v_ids) and e.raw is not null and not exists (
            select from tag_migration.run_theme as t where t.run_id = p_run and t.raw_key = md5(e.raw) and t.raw = e.raw
          )
          limit 1000
        ) as u
      ));
    when query_canceled or assert_failure or others then
      -- `others` does not cover a cancelled query.
      get stacked diagnostics v_state = returned_sqlstate, v_message = message_text;
      return jsonb_build_object('outcome', 'error', 'sqlstate', v_state, 'message', v_message,
        'songs', coalesce(cardinality(v_ids), 0), 'songId', v_ids[1]);
  end;

  return jsonb_build_object('outcome', 'done', 'number', v_number, 'songs', v_songs, 'themes', v_themes, 'links', v_links,
    'skipped', v_skipped, 'last', v_window[cardinality(v_window)],
    'durationMs', round(extract(epoch from clock_timestamp() - v_started)::numeric * 1000, 1));
end
$$;

create function public.tag_migration_quarantine(
  p_run uuid, p_epoch integer, p_song uuid, p_sqlstate text, p_message text, p_attempts integer
) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  if not tag_migration.is_current(p_run, p_epoch, array['running']) then
    return tag_migration.fenced(p_run);
  end if;
  insert into tag_migration.quarantine (run_id, song_id, sqlstate, message, attempts)
  values (p_run, p_song, p_sqlstate, left(p_message, 1000), p_attempts)
  on conflict (run_id, song_id) do update set attempts = excluded.attempts, message = excluded.message, at = now();
  return jsonb_build_object('outcome', 'quarantined');
end
$$;

-- Adds the batches' recorded deltas to tags.usage_count. Folding twice changes nothing.
create function public.tag_migration_fold(p_run uuid) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  v_batches integer;
begin
  perform set_config('lock_timeout', '200ms', true);
  with claimed as materialized (
    select b.number from tag_migration.batch as b
    where b.run_id = p_run and not b.is_folded order by b.number limit 2000 for no key update skip locked
  ), folded as (
    update tag_migration.batch as b set is_folded = true from claimed as c where b.number = c.number
    returning b.usage_tags, b.usage_deltas
  ), delta as materialized (
    select u.tag_id, sum(u.links) as links
    from folded as f cross join lateral unnest(f.usage_tags, f.usage_deltas) as u (tag_id, links)
    group by u.tag_id
  ), locked as materialized (
    select t.id, d.links from public.tags as t join delta as d on d.tag_id = t.id order by t.id for no key update of t
  ), counted as (
    update public.tags as t set usage_count = t.usage_count + l.links from locked as l where t.id = l.id and l.links <> 0
  )
  select count(*) into v_batches from folded;
  return v_batches;
end
$$;

create function public.tag_migration_transition(
  p_run uuid, p_epoch integer, p_to text, p_certificate text default null, p_failure jsonb default null
) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  update tag_migration.run as r
  set status = p_to,
    certificate = coalesce(p_certificate, r.certificate),
    failure = case when p_to = 'failed' then p_failure when p_to = 'complete' then null else r.failure end,
    finished_at = case when p_to = 'complete' then clock_timestamp() else r.finished_at end
  where r.id = p_run and r.epoch = p_epoch;
  if not found then
    return tag_migration.fenced(p_run);
  end if;
  return jsonb_build_object('outcome', 'moved', 'run', tag_migration.describe(p_run));
end
$$;

-- A worker takes a run up again. The epoch rises, so that whoever worked on it before is refused from now on.
create function public.tag_migration_resume(p_run uuid, p_worker text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_run tag_migration.run;
  v_missing boolean;
begin
  select * into v_run from tag_migration.run as r where r.id = p_run for update;
  if v_run.status not in ('preparing', 'running', 'paused', 'failed', 'validating') then
    return jsonb_build_object('outcome', 'refused', 'run', tag_migration.describe(p_run));
  end if;
  v_missing := exists (
    select from tag_migration.plan_theme as p
    where p.plan_hash = v_run.plan_hash and not exists (
      select from tag_migration.run_theme as t where t.run_id = p_run and t.raw_key = p.raw_key
    )
  );
  update tag_migration.run as r
  set status = case when v_missing then 'preparing' when v_run.status = 'preparing' then 'preparing' else 'running' end,
    epoch = r.epoch + 1, worker = p_worker
  where r.id = p_run;
  return jsonb_build_object('outcome', 'resumed', 'run', tag_migration.describe(p_run));
end
$$;

-- Songs of a window that no run has done, and how many of those are in quarantine.
create function public.tag_migration_coverage(p_run uuid, p_after uuid, p_limit integer default 20000) returns jsonb
language sql stable security definer set search_path = ''
as $$
  with place as materialized (
    select s.id from public.songs as s where s.id > p_after order by s.id limit p_limit
  ), undone as materialized (
    select p.id from place as p where not exists (select from tag_migration.song_state as st where st.song_id = p.id)
  )
  select jsonb_build_object(
    'last', (select max(p.id::text) from place as p),
    'songs', (select count(*) from place),
    'undone', (select count(*) from undone),
    'quarantined', (
      select count(*) from undone as u join tag_migration.quarantine as q on q.song_id = u.id and q.run_id = p_run
    )
  )
$$;

-- The last song of each chunk of so many songs of the run, so that chunks can be validated side by side.
create function public.tag_migration_chunks(p_run uuid, p_after uuid, p_chunk integer, p_chunks integer) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(e.song_id order by e.song_id), '[]')
  from (
    select j.song_id, row_number() over (order by j.song_id) as rank
    from (
      select j.song_id from tag_migration.journal as j
      where j.run_id = p_run and j.song_id > p_after
        and j.rolled_back_at is null and j.deleted_at is null and not j.is_born
      order by j.song_id limit p_chunk * p_chunks
    ) as j
  ) as e
  where e.rank % p_chunk = 0
$$;


-- Recomputes a chunk of the run's songs from live data in one statement. Leaves count songs by rank, so p_limit must be a
-- multiple of 1000 and chunks must follow each other from the first song on.
create function public.tag_migration_validate_songs(p_run uuid, p_after uuid, p_until uuid default null, p_limit integer default 5000)
returns jsonb
language sql stable security definer set search_path = ''
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
  with entry as materialized (
    select j.song_id, j.themes as before, j.line_hash, j.tags_before || j.linked as tags
    from tag_migration.journal as j
    where j.run_id = p_run and j.song_id > p_after and (p_until is null or j.song_id <= p_until)
      and j.rolled_back_at is null and j.deleted_at is null and not j.is_born
    order by j.song_id limit p_limit
  ), judged as materialized (
    select e.song_id, row_number() over (order by e.song_id) as rank, s.id is not null as has_song,
      e.before is distinct from s.themes as edited, cardinality(s.themes) as themes, cardinality(l.tags) as links,
      e.line_hash,
      tag_migration.canonical_line(e.song_id, e.before, array(
        select t.normalized_name collate "C" from unnest(l.tags) as u (tag_id) join public.tags as t on t.id = u.tag_id order by 1
      )) as line,
      -- An edited song no longer has the links of its line; then the record alone must be what was hashed, or a before-image
      -- that was tampered with would pass for an edit. It cannot tell when one of its tags is gone.
      case when e.before is distinct from s.themes then (
        select tag_migration.canonical_line(
          e.song_id, e.before, coalesce(array_agg(t.normalized_name order by t.normalized_name collate "C"), '{}')
        )
        from unnest(e.tags) as u (tag_id) left join public.tags as t on t.id = u.tag_id
        having bool_and(t.id is not null) is not false
      ) end as recorded,
      s.id is not null and st.song_id is not null and st.seen is not distinct from s.themes as state_ok,
      -- Resolved afresh from the themes as they are now, not from what the batch wrote.
      e.before is distinct from s.themes
        or coalesce(st.yields, '{}') = x.yields and coalesce(st.yield_positions::integer[], '{}') = x.positions as yields_ok,
      l.tags = array(
        select distinct coalesce(t.merged_into, t.id) as tag_id
        from unnest(st.yields || st.extra) as u (tag_id) join public.tags as t on t.id = u.tag_id order by 1
      ) as links_ok
    from entry as e
    left join public.songs as s on s.id = e.song_id
    left join tag_migration.song_state as st on st.song_id = e.song_id
    cross join lateral (
      select array(select l.tag_id from public.song_tags as l where l.song_id = e.song_id order by l.tag_id) as tags
    ) as l
    cross join lateral (
      select coalesce(array_agg(y.tag_id order by y.position, y.part), '{}') as yields,
        coalesce(array_agg(y.position order by y.position, y.part), '{}') as positions
      from (
        select y.tag_id, y.part, r.position::integer as position
        from unnest(s.themes) with ordinality as r (raw, position)
        join tag_migration.run_theme as t on t.run_id = p_run and t.raw_key = md5(r.raw) and t.raw = r.raw
        cross join lateral unnest(t.tag_ids) with ordinality as y (tag_id, part)
      ) as y
    ) as x
  ), checked as materialized (
    select g.*,
      coalesce(sha256(convert_to(case when g.edited then g.recorded else g.line end, 'UTF8')) = g.line_hash, true) as line_ok
    from judged as g
  )
  select jsonb_build_object(
    'last', (select max(c.song_id::text) from checked as c),
    'songs', (select count(*) from checked),
    'edited', (select count(*) from checked as c where c.edited),
    'themes', (select coalesce(sum(c.themes), 0) from checked as c),
    'links', (select coalesce(sum(c.links), 0) from checked as c),
    'leaves', (
      select coalesce(jsonb_agg(f.leaf order by f.k), '[]') from (
        select (c.rank - 1) / 1000 as k, encode(sha256(convert_to(string_agg(c.line, '' order by c.rank), 'UTF8')), 'hex') as leaf
        from checked as c group by 1
      ) as f
    ),
    'differing', (select count(*) from checked as c where not (c.state_ok and c.yields_ok and c.links_ok and c.line_ok)),
    'differences', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'songId', d.song_id, 'songExists', d.has_song, 'edited', d.edited, 'stateMatches', d.state_ok,
        'themesAccountedFor', d.yields_ok, 'linksMatch', d.links_ok, 'lineMatches', d.line_ok
      ) order by d.song_id), '[]')
      from (
        select * from checked as c where not (c.state_ok and c.yields_ok and c.links_ok and c.line_ok)
        order by c.song_id limit 1000
      ) as d
    )
  )
$$;

-- Compares a stretch of the run's batch checksums with their journal rows: the record itself must not have changed.
create function public.tag_migration_validate_batches(p_run uuid, p_after bigint, p_limit integer default 50) returns jsonb
language sql stable security definer set search_path = ''
as $$
  with stretch as materialized (
    select b.number, b.first_song, b.last_song, b.songs, b.checksum from tag_migration.batch as b
    where b.run_id = p_run and not b.is_rollback and b.number > p_after order by b.number limit p_limit
  ), recomputed as (
    select s.number, c.songs = s.songs and c.checksum = s.checksum as ok
    from stretch as s
    cross join lateral (
      select count(*) as songs, sha256(string_agg(j.line_hash, null order by j.song_id)) as checksum
      from tag_migration.journal as j
      where j.song_id between s.first_song and s.last_song and j.run_id = p_run and j.batch = s.number
    ) as c
  )
  select jsonb_build_object(
    'last', (select max(r.number) from recomputed as r),
    'batches', (select count(*) from recomputed),
    'differing', (select coalesce(jsonb_agg(r.number order by r.number), '[]') from recomputed as r where r.ok is not true)
  )
$$;

-- Counts the links of a stretch of tags against usage_count.
create function public.tag_migration_validate_tags(
  p_after uuid default '00000000-0000-0000-0000-000000000000', p_limit integer default 200
) returns jsonb
language sql stable security definer set search_path = ''
as $$
  with stretch as materialized (
    select t.id, t.name, t.normalized_name, t.usage_count from public.tags as t
    where t.id > p_after order by t.id limit p_limit
  ), counted as materialized (
    select s.id, s.name, s.usage_count, (select count(*) from public.song_tags as l where l.tag_id = s.id) as links,
      exists (
        select from public.tag_names as n where n.normalized_name = s.normalized_name and n.tag_id = s.id and not n.is_synonym
      ) as is_registered
    from stretch as s
  )
  select jsonb_build_object(
    'last', (select max(s.id::text) from stretch as s),
    'tags', (select count(*) from stretch),
    'links', (select coalesce(sum(c.links), 0) from counted as c),
    'differing', (
      select coalesce(jsonb_agg(jsonb_build_object('tag', c.name, 'usageCount', c.usage_count, 'links', c.links)), '[]')
      from counted as c where c.usage_count <> c.links or not c.is_registered
    )
  )
$$;

-- The links that a plan would make in a window of songs: p_yields maps raw themes to normalized tag names. Reads only.
create function public.tag_migration_count_links(p_after uuid, p_limit integer, p_yields jsonb) returns jsonb
language sql stable security definer set search_path = ''
as $$
  with place as materialized (
    select s.id, s.themes from public.songs as s where s.id > p_after order by s.id limit p_limit
  ), planned as materialized (
    select y.key as raw, n.name from jsonb_each(p_yields) as y (key, value)
    cross join lateral jsonb_array_elements_text(y.value) as n (name)
  ), tag as materialized (
    select p.raw, coalesce(m.id, t.id) as tag_id, coalesce(m.normalized_name, t.normalized_name, p.name) as name
    from planned as p
    left join public.tag_names as k on k.normalized_name = p.name
    left join public.tags as t on t.id = k.tag_id
    left join public.tags as m on m.id = t.merged_into
  ), link as (
    select distinct p.id, t.name, t.tag_id
    from place as p cross join lateral unnest(p.themes) as e (raw) join tag as t on t.raw = e.raw
    where not exists (select from tag_migration.song_state as st where st.song_id = p.id)
  )
  select jsonb_build_object(
    'last', (select max(p.id::text) from place as p),
    'links', (
      select count(*) from link as l
      where not exists (select from public.song_tags as h where h.song_id = l.id and h.tag_id = l.tag_id)
    )
  )
$$;

-- What a finished rollback must have left: no state, no link that the run made and, after an exact one, the before-images.
create function public.tag_migration_validate_rollback(p_run uuid, p_after uuid, p_limit integer default 5000) returns jsonb
language sql stable security definer set search_path = ''
as $$
  with entry as materialized (
    select j.song_id, j.themes, j.linked, j.forgotten_at is not null as is_forgotten,
      -- A later run may have migrated it again.
      exists (
        select from tag_migration.journal as o where o.song_id = j.song_id and o.run_id <> p_run and o.rolled_back_at is null
      ) as is_anothers
    from tag_migration.journal as j
    where j.run_id = p_run and j.song_id > p_after and j.rolled_back_at is not null
    order by j.song_id limit p_limit
  ), judged as materialized (
    select e.song_id, not e.is_forgotten and s.themes is distinct from e.themes as themes_differ,
      not e.is_anothers
        and exists (select from public.song_tags as l where l.song_id = e.song_id and l.tag_id = any (e.linked)) as link_left,
      not e.is_anothers
        and exists (select from tag_migration.song_state as st where st.song_id = e.song_id) as state_left
    from entry as e join public.songs as s on s.id = e.song_id
  )
  select jsonb_build_object(
    'last', (select max(e.song_id::text) from entry as e),
    'songs', (select count(*) from judged),
    'themesDiffer', (select count(*) from judged as g where g.themes_differ),
    'linksLeft', (select count(*) from judged as g where g.link_left or g.state_left),
    'differences', (
      select coalesce(jsonb_agg(d.song_id), '[]') from (
        select g.song_id from judged as g where g.themes_differ or g.link_left or g.state_left order by g.song_id limit 1000
      ) as d
    )
  )
$$;

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
  public.tag_migration_run(uuid, boolean), public.tag_migration_quarantined(uuid), public.tag_migration_survey(uuid, integer),
  public.tag_migration_add_plan(text, jsonb), public.tag_migration_plan(text, text, integer),
  public.tag_migration_start(text, integer, bigint, jsonb, text), public.tag_migration_prepare(uuid, integer, integer),
  public.tag_migration_adopt(uuid, integer, text[]), public.tag_migration_batch(uuid, integer, integer, uuid, text),
  public.tag_migration_quarantine(uuid, integer, uuid, text, text, integer), public.tag_migration_fold(uuid),
  public.tag_migration_transition(uuid, integer, text, text, jsonb), public.tag_migration_resume(uuid, text),
  public.tag_migration_coverage(uuid, uuid, integer), public.tag_migration_validate_songs(uuid, uuid, uuid, integer),
  public.tag_migration_chunks(uuid, uuid, integer, integer),
  public.tag_migration_validate_batches(uuid, bigint, integer), public.tag_migration_validate_tags(uuid, integer),
  public.tag_migration_count_links(uuid, integer, jsonb), public.tag_migration_validate_rollback(uuid, uuid, integer),
  public.tag_migration_rollback_start(uuid, boolean, text),
  public.tag_migration_rollback_batch(uuid, integer, integer, uuid, text),
  public.tag_migration_rollback_preview(uuid, boolean, uuid, integer),
  public.tag_migration_rollback_tags(uuid, integer, uuid, integer), public.tag_migration_rollback_finish(uuid, integer)
to service_role;
