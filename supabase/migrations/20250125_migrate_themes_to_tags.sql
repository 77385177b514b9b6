-- The engine's way forward: survey, plan, batches. Every call is one transaction, ends within about two seconds at a million songs
-- and answers with its outcome as data. Applying this file moves nothing; a person starts a run.

-- What a run looks like from outside. Totals are sums over its batches; no batch ever updates the run.
create function tag_migration.describe(p_run uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object(
    'id', r.id, 'status', r.status, 'epoch', r.epoch, 'planHash', r.plan_hash, 'totalSongs', r.total_songs,
    'options', r.options, 'worker', r.worker, 'startedBy', r.started_by, 'certificate', r.certificate,
    'failure', r.failure, 'exactRollback', r.exact_rollback,
    'rollbackToBatch', r.rollback_to_batch, 'rollbackToTime', r.rollback_to_time,
    'startedAt', r.started_at, 'finishedAt', r.finished_at, 'rolledBackAt', r.rolled_back_at, 'prunedAt', r.pruned_at,
    'idleSeconds', extract(epoch from clock_timestamp() - coalesce(b.last_at, r.changed_at)),
    'batches', b.batches, 'songs', b.songs, 'themes', b.themes, 'linksCreated', b.links,
    'rollbackBatches', b.rollback_batches, 'songsRestored', b.restored, 'linksRemoved', b.removed,
    'songsToRestore', b.to_restore,
    'tagsRemoved', (select count(*) from tag_migration.run_tag as t where t.run_id = r.id and t.removed_at is not null),
    'lastSong', b.last_song,
    'tagsCreated', (select count(*) from tag_migration.run_tag as t where t.run_id = r.id and not t.is_inherited),
    'tagsReused', (
      select count(distinct u.tag_id) from tag_migration.run_theme as t cross join lateral unnest(t.tag_ids) as u (tag_id)
      where t.run_id = r.id
        and not exists (
          select from tag_migration.run_tag as rt
          where rt.run_id = r.id and rt.tag_id = u.tag_id and not rt.is_inherited
        )
    ),
    'themesLate', (select count(*) from tag_migration.run_theme as t where t.run_id = r.id and t.is_late),
    'quarantined', (select count(*) from tag_migration.quarantine as q where q.run_id = r.id)
  )
  from tag_migration.run as r
  cross join lateral (
    select
      count(*) filter (where k.stands) as batches,
      coalesce(sum(b.songs) filter (where k.stands), 0) as songs,
      coalesce(sum(b.themes) filter (where k.stands), 0) as themes,
      coalesce(sum(b.links) filter (where k.stands), 0) as links,
      count(*) filter (where k.takes_back) as rollback_batches,
      coalesce(sum(b.songs) filter (where k.takes_back), 0) as restored,
      coalesce(sum(b.links) filter (where k.takes_back), 0) as removed,
      coalesce(sum(b.songs) filter (where k.stands and k.is_beyond), 0) as to_restore,
      max(b.last_song::text) filter (where k.stands)::uuid as last_song,
      max(b.finished_at) as last_at
    from tag_migration.batch as b
    cross join lateral (
      select not b.is_rollback and b.rollback is null as stands, b.is_rollback and b.rollback = r.rollbacks as takes_back,
        coalesce(b.number > r.rollback_to_batch, b.finished_at > r.rollback_to_time, true) as is_beyond
    ) as k
    where b.run_id = r.id
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
    -- The one that did not end: an older one, when it was taken back to an earlier batch or its rollback was interrupted.
    r.status in ('complete', 'cancelled', 'rolled_back'),
    r.started_at desc
  limit 1
$$;
comment on function public.tag_migration_run is 'The run; without an id the one that did not end, or else the latest; null when there is none.';

create function public.tag_migration_quarantined(p_run uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'songId', q.song_id, 'title', s.title, 'sqlstate', q.sqlstate, 'message', q.message, 'attempts', q.attempts
  ) order by q.song_id), '[]')
  from (select * from tag_migration.quarantine as q where q.run_id = p_run order by q.song_id limit 1000) as q
  left join public.songs as s on s.id = q.song_id
$$;

-- Whether a song's themes can be migrated at all: their positions must fit song_state, or the song goes to quarantine.
-- What such a song alone mentions must not become tags that nobody gets.
create function tag_migration.can_hold(p_themes text[]) returns boolean
language sql immutable set search_path = ''
as $$ select coalesce(cardinality(p_themes), 0) <= 32767 $$;

-- Reads a window of songs that no run has migrated: what the plan and the preflight are made from.
-- p_without reads those of a run, too, as if it were taken back.
create function public.tag_migration_survey(
  p_after uuid default '00000000-0000-0000-0000-000000000000', p_limit integer default 5000, p_without uuid default null,
  p_until uuid default null
) returns jsonb
language sql stable security definer set search_path = ''
as $$
  with place as materialized (
    select s.id, s.themes from tag_migration.song_themes as s
    where s.id > p_after and (p_until is null or s.id <= p_until) order by s.id limit p_limit
  ), song as materialized (
    select p.id, p.themes from place as p
    where not exists (select from tag_migration.song_state as st where st.song_id = p.id)
      or p_without is not null and exists (
        select from tag_migration.journal as j
        where j.song_id = p.id and j.run_id = p_without and j.rolled_back_at is null and not j.is_born
      )
  ), theme as (
    select u.raw, sum(u.mentions) as mentions, sum(u.songs) as songs
    from (
      -- A song counts once for a theme, at its first position: grouping by songs first takes twice as long.
      select m.raw, count(*) as mentions, count(*) filter (where array_position(m.themes, m.raw) = m.position) as songs
      from (
        select s.themes, unnest(s.themes) as raw, generate_series(1, cardinality(s.themes)) as position
        from song as s where cardinality(s.themes) <= 100
      ) as m
      group by m.raw
      union all
      -- With very many themes, finding each one's first position would.
      select m.raw, sum(m.mentions), count(*)
      from (
        select e.raw, count(*) as mentions
        from song as s cross join lateral unnest(s.themes) as e (raw)
        where cardinality(s.themes) > 100 and tag_migration.can_hold(s.themes)
        group by s.id, e.raw
      ) as m
      group by m.raw
    ) as u
    group by u.raw
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
  perform tag_migration.switch_sync_on();
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

-- Lets the batches under way end and keeps new ones out until this transaction has ended. Waiting for the run's row alone would
-- not do: workers hold it shared without a gap between them, and whoever wants it alone is passed by without end.
create function tag_migration.hold_batches() returns void
language plpgsql set search_path = ''
as $$
begin
  lock table tag_migration.run in exclusive mode;
end
$$;

create function tag_migration.fenced(p_run uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('outcome', 'fenced', 'status', r.status, 'epoch', r.epoch, 'worker', r.worker)
  from tag_migration.run as r where r.id = p_run
$$;

-- The tags of these names, made where they are missing. Everything else about a tag is left to people. p_folded holds names that
-- were folded already, each with what it came to: folding takes longer than all else here.
create function tag_migration.ensure_tags(
  p_run uuid, p_names text[], p_categories public.tag_category[], p_review boolean[], p_folded jsonb default '{}'
)
returns void
language plpgsql set search_path = ''
as $$
begin
  -- The counting and the synonym check are the triggers' business; here only new names are tried.
  with wanted as (
    select distinct on (w.normalized) w.normalized, w.name, w.category,
      bool_and(w.review) over (partition by w.normalized) as review
    from (
      select coalesce(p_folded ->> n.name, public.normalize_tag_name(n.name)) as normalized, n.name,
        coalesce(n.category, 'theme') as category, n.review
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

-- Themes are prepared in the order of their keys: beyond this one, none is. An anti-join would be quadratic in the plan,
-- whose rows a running transaction has no statistics of.
create function tag_migration.prepared_until(p_run uuid) returns text
language plpgsql stable set search_path = ''
as $$
begin
  return coalesce((select max(t.raw_key) from tag_migration.run_theme as t where t.run_id = p_run and not t.is_late), '');
end
$$;

-- Makes the planned tags and resolves the plan to them, some themes a call, before the first batch.
create function public.tag_migration_prepare(p_run uuid, p_epoch integer, p_limit integer default 1000) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_plan text;
  v_is_in_step boolean;
  v_raw_keys text[];
  v_folded jsonb;
begin
  -- Alone, since it changes the run: two workers of one epoch would wait for each other's shared lock.
  perform from tag_migration.run as r where r.id = p_run for no key update;
  if not tag_migration.is_current(p_run, p_epoch, array['preparing']) then
    -- Ready already in this epoch: only the answer was lost.
    if tag_migration.is_current(p_run, p_epoch, array['running']) then
      return jsonb_build_object('outcome', 'ready', 'run', tag_migration.describe(p_run));
    end if;
    return tag_migration.fenced(p_run);
  end if;
  select r.plan_hash, r.in_step_at is not null into v_plan, v_is_in_step from tag_migration.run as r where r.id = p_run;
  if not v_is_in_step then
    return tag_migration.wait_for_writers(p_run);
  end if;
  v_raw_keys := array(
    select p.raw_key from tag_migration.plan_theme as p
    where p.plan_hash = v_plan and p.raw_key > tag_migration.prepared_until(p_run)
    order by p.raw_key limit p_limit
  );
  -- Many themes lead to one name.
  v_folded := (
    select coalesce(jsonb_object_agg(d.name, public.normalize_tag_name(d.name)), '{}') from (
      select distinct n.name from tag_migration.plan_theme as p cross join lateral unnest(p.tag_names) as n (name)
      where p.plan_hash = v_plan and p.raw_key = any (v_raw_keys)
    ) as d
  );
  perform tag_migration.ensure_tags(
    p_run, array_agg(n.name order by p.raw_key, n.place), array_agg(p.category order by p.raw_key, n.place),
    array_agg(p.needs_review order by p.raw_key, n.place), v_folded
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
      join public.tag_names as k on k.normalized_name = v_folded ->> n.name
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
language plpgsql set search_path = ''
as $$
begin
  return array(
    select w.id from unnest(p_songs) as w (id)
    -- By hashes, and with one look at each index for all songs.
    where w.id not in (select st.song_id from tag_migration.song_state as st where st.song_id = any (p_songs))
      and w.id not in (
        select q.song_id from tag_migration.quarantine as q where q.run_id = p_run and q.song_id = any (p_songs)
      )
    order by w.id
  );
end
$$;

-- The batch that a record is renewed by. A record that still stands must not be overwritten: it is the way back.
create function tag_migration.renewed(p_song uuid, p_rolled_back_at timestamptz, p_batch bigint) returns bigint
language plpgsql immutable set search_path = ''
as $$
begin
  if p_rolled_back_at is null then
    raise exception using errcode = '23505', message = format('Song %s has a before-image already, but no state.', p_song);
  end if;
  return p_batch;
end
$$;

-- Links, states and before-images of songs that are locked and not done, unless some of their themes are unknown: then it writes
-- nothing and says how many. What it wrote is for the batch row, in the songs' order.
create function tag_migration.migrate_songs(
  p_run uuid, p_batch bigint, p_songs uuid[],
  out themes integer, out unknown integer, out hashes bytea, out usage_tags uuid[], out usage_deltas integer[]
)
language plpgsql set search_path = ''
-- One plan for every size. Left to itself the planner plans each time anew, which costs as much as a small batch, or compares
-- each with each because it takes an array for ten elements, or reads whole tables while they are small.
set plan_cache_mode = force_generic_plan set enable_seqscan = off
set enable_nestloop = off set enable_mergejoin = off set enable_hashjoin = on set client_encoding = 'UTF8'
as $$
begin
  -- Each distinct theme is looked up once, and the songs' mentions are joined with what was found by hashes: of the joins
  -- only those that `offset 0` keeps apart go through an index.
  with song as materialized (
    select s.id, s.themes from public.songs as s where s.id = any (p_songs)
  ), mention as materialized (
    select s.id, unnest(s.themes) as raw, generate_series(1, cardinality(s.themes))::smallint as position from song as s
  ), theme as materialized (
    select d.raw, r.raw_key is not null as is_known, y.part, y.tag_id, t.root_id, t.name
    from (select distinct m.raw from mention as m where m.raw is not null) as d
    left join lateral (
      select r.raw_key, r.tag_ids from tag_migration.run_theme as r
      where r.run_id = p_run and r.raw_key = md5(d.raw) and r.raw = d.raw
      offset 0
    ) as r on true
    left join lateral unnest(r.tag_ids) with ordinality as y (tag_id, part) on true
    left join lateral (
      select coalesce(m.id, t.id) as root_id, coalesce(m.normalized_name, t.normalized_name) as name
      from public.tags as t left join lateral (
        select m.id, m.normalized_name from public.tags as m where m.id = t.merged_into offset 0
      ) as m on true
      where t.id = y.tag_id
      offset 0
    ) as t on true
  ), lacking as materialized (
    select exists (select from theme as t where not t.is_known) as is_any
  ), yielded as materialized (
    select m.id, m.position, t.part, t.tag_id, t.root_id, t.name collate "C" as name
    from mention as m join theme as t on t.raw = m.raw
    where t.tag_id is not null
  ), yields as (
    select y.id, array_agg(y.tag_id) as tags, array_agg(y.position) as positions
    from (select * from yielded as y order by y.id, y.position, y.part) as y
    group by y.id
  ), rooted as (
    select r.id, array_agg(r.root_id) as tags, array_agg(r.name) as names
    from (select distinct y.id, y.name, y.root_id from yielded as y order by y.id, y.name) as r
    group by r.id
  ), before as (
    -- The tags that were linked, whatever they stand for just now: from here on the state and the record know them.
    select l.song_id, array_agg(l.tag_id) as roots, array_agg(coalesce(w.tag_id, l.tag_id)) as tags
    from public.song_tags as l
    left join lateral (
      select o.tag_id from tag_migration.own_link as o
      cross join lateral (select coalesce(t.merged_into, t.id) as id from public.tags as t where t.id = o.tag_id offset 0) as r
      where o.song_id = l.song_id and r.id = l.tag_id
      offset 0
    ) as w on true
    where l.song_id = any (p_songs)
    group by l.song_id
  ), line as materialized (
    select s.id, s.themes, coalesce(y.tags, '{}') as yields, coalesce(y.positions, '{}') as positions,
      coalesce(b.tags, '{}') as tags_before,
      case when b.song_id is null then coalesce(r.tags, '{}')
        else array(select unnest(r.tags) except select unnest(b.roots)) end as linked,
      case when b.song_id is null then '{}' else array(select unnest(b.tags) except select unnest(y.tags)) end as extra,
      case when b.song_id is null then coalesce(r.names, '{}') else array(
        select n.name collate "C" from unnest(r.names) as n (name)
        union
        select t.normalized_name collate "C" from public.tags as t where t.id = any (b.roots)
        order by 1
      ) end as names
    from song as s
    left join yields as y on y.id = s.id
    left join rooted as r on r.id = s.id
    left join before as b on b.song_id = s.id
    -- With a theme that the plan does not know, nothing is written at all, and little was done in vain.
    where not (select k.is_any from lacking as k)
    order by s.id
  ), hashed as materialized (
    select n.*, sha256(tag_migration.canonical_line(n.id, n.themes, n.names)) as hash from line as n
  ), fresh as (
    insert into public.song_tags (song_id, tag_id, created_by)
    select n.id, l.tag_id, null from hashed as n cross join lateral unnest(n.linked) as l (tag_id)
    returning tag_id
  ), state as (
    insert into tag_migration.song_state (song_id, seen, yields, yield_positions, extra)
    select n.id, n.themes, n.yields, n.positions, n.extra from hashed as n
  ), known as (
    delete from tag_migration.own_link as o
    where o.song_id = any (p_songs) and not (select k.is_any from lacking as k)
  ), renewed as (
    -- Songs that this run had and that were taken back to an earlier batch: their records start anew. They are found with one
    -- look at the index, where `on conflict` would look for each song and confirm each row that it writes.
    update tag_migration.journal as j
    set batch = tag_migration.renewed(j.song_id, j.rolled_back_at, p_batch), themes = n.themes, tags_before = n.tags_before,
      linked = n.linked, names = n.names, line_hash = n.hash, forgotten_at = null, rolled_back_at = null
    from hashed as n
    where j.song_id = any (p_songs) and j.run_id = p_run and n.id = j.song_id
    returning j.song_id
  ), journal as (
    insert into tag_migration.journal (run_id, song_id, batch, themes, tags_before, linked, names, line_hash)
    select p_run, n.id, p_batch, n.themes, n.tags_before, n.linked, n.names, n.hash from hashed as n
    where n.id not in (select r.song_id from renewed as r)
  ), usage as (
    select array_agg(u.tag_id) as tags, array_agg(u.links) as deltas
    from (select f.tag_id, count(*)::integer as links from fresh as f group by f.tag_id) as u
  )
  select coalesce(sum(cardinality(n.themes)), 0), (select count(*) from theme as t where not t.is_known),
    string_agg(n.hash, null order by n.id), (select coalesce(u.tags, '{}') from usage as u),
    (select coalesce(u.deltas, '{}') from usage as u)
  into themes, unknown, hashes, usage_tags, usage_deltas
  from hashed as n;
end
$$;

-- Themes of the songs that the plan does not know; none any more when another worker took them up meanwhile.
create function tag_migration.unknown_themes(p_run uuid, p_songs uuid[]) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_agg(u.raw), '[]') from (
      select distinct e.raw from public.songs as s cross join lateral unnest(s.themes) as e (raw)
      where s.id = any (p_songs) and e.raw is not null and not exists (
        select from tag_migration.run_theme as t where t.run_id = p_run and t.raw_key = md5(e.raw) and t.raw = e.raw
      )
      limit 1000
    ) as u
  );
end
$$;

-- How often songs were written, ever, as the server counts it; batches write none. A second late, and only ever compared with itself.
create function tag_migration.edits() returns bigint
language sql volatile set search_path = ''
as $$
  select pg_stat_get_tuples_inserted(c.songs) + pg_stat_get_tuples_updated(c.songs) + pg_stat_get_tuples_deleted(c.songs)
  from (select 'public.songs'::regclass::oid as songs) as c
$$;

-- Of the batches that take turns one or two are at work at a time, as each of them says; the next one waits until a transaction has
-- ended. Not for ever: a call must end in time, and whoever is told no comes again.
create function tag_migration.take_turn(p_at_once integer) returns boolean
language plpgsql set search_path = ''
as $$
declare
  v_turn constant bigint := hashtextextended('tag_migration.batch', 0);
begin
  if p_at_once > 1 and (pg_try_advisory_xact_lock(v_turn) or pg_try_advisory_xact_lock(v_turn + 1)) then
    return true;
  end if;
  -- Who is to be alone waits twice: a second for both.
  perform set_config('lock_timeout', case when p_at_once > 1 then '1s' else '500ms' end, true);
  if p_at_once > 1 then
    -- For either, so that those who wait do so for both.
    perform pg_advisory_xact_lock(v_turn + pg_backend_pid() % 2);
  else
    perform pg_advisory_xact_lock(v_turn);
    perform pg_advisory_xact_lock(v_turn + 1);
  end if;
  return true;
exception when lock_not_available then
  return false;
end
$$;

-- Whether somebody wants a row that this transaction has locked. Within a block that catches exceptions rows are locked by a
-- transaction of its own, so all that this session has are looked at.
create function tag_migration.is_waited_for() returns boolean
language plpgsql set search_path = ''
as $$
begin
  return (
    with lock as materialized (
      select l.pid, l.granted, l.transactionid from pg_catalog.pg_locks as l where l.locktype = 'transactionid'
    )
    select exists (
      select from lock as w join lock as o on o.transactionid = w.transactionid
      where not w.granted and o.granted and o.pid = pg_catalog.pg_backend_pid()
    )
  );
end
$$;

-- One batch: locks, links, song state, before-images and the batch row, in one transaction or not at all. Of the songs after
-- p_after it looks at p_limit and takes those that are not done, p_most at most, in steps: p_first of them, or half, and then it
-- looks at the clock, and takes no step that would probably end later than p_budget_ms after the batch began, nor one that would
-- take longer than p_step_ms. It ends after a step for which somebody waits. With p_at_once no more than
-- so many batches, one or two, are at work, whatever number of workers asks for them: the others wait, so that no time is lost.
create function public.tag_migration_batch(
  p_run uuid, p_epoch integer, p_limit integer, p_after uuid, p_worker text default '', p_most integer default null,
  p_budget_ms integer default null, p_at_once integer default null, p_first integer default null,
  p_step_ms integer default null
) returns jsonb
language plpgsql security definer set search_path = ''
-- One plan for every batch size, and a look-up for each song: anything else would read whole tables, while they are small too.
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
  v_started timestamptz;
  v_elapsed_ms double precision;
  v_is_over boolean := false;
  v_window uuid[];
  v_undone uuid[];
  v_is_waited_for boolean := false;
  v_first integer;
  v_step integer;
  v_end integer;
  v_taken integer := 0;
  v_locked uuid[];
  v_ids uuid[] := '{}'::uuid[];
  v_held integer;
  v_skipped integer := 0;
  v_last uuid;
  v_number bigint;
  v_written record;
  v_themes integer := 0;
  v_hashes bytea := ''::bytea;
  v_usage_tags uuid[] := '{}'::uuid[];
  v_usage_deltas integer[] := '{}'::integer[];
  v_links bigint;
  v_state text;
  v_message text;
begin
  if not tag_migration.is_current(p_run, p_epoch, array['running']) then
    return tag_migration.fenced(p_run);
  end if;
  v_window := array(select s.id from public.songs as s where s.id > p_after order by s.id limit p_limit);
  if cardinality(v_window) = 0 then
    return jsonb_build_object('outcome', 'end');
  end if;

  begin
    -- Ids go as arrays: an anti-join over a narrow uuid range is estimated at one row, and turns quadratic.
    v_undone := tag_migration.undone(p_run, v_window);
    -- A window that is wide, to get over songs that are done, may end where a whole stretch is not.
    if cardinality(v_undone) > p_most then
      v_undone := v_undone[1:p_most];
      v_window := v_undone;
    end if;
    -- After what needs no lock: others are at work meanwhile.
    if p_at_once is not null and not tag_migration.take_turn(p_at_once) then
      return jsonb_build_object('outcome', 'done', 'songs', 0, 'themes', 0, 'links', 0,
        'skipped', 0, 'last', p_after, 'writerWaits', false, 'edits', tag_migration.edits(), 'durationMs', 0);
    end if;
    perform set_config('lock_timeout', '200ms', true), set_config('tag_migration.engine', 'on', true);
    v_started := clock_timestamp();
    -- By how long the first step takes, the next one is made as large as what time is left.
    v_first := case when p_budget_ms is null then cardinality(v_undone)
      else greatest(10, coalesce(p_first, cardinality(v_undone) / 2 + 1)) end;
    v_step := v_first;
    while v_taken < cardinality(v_undone) and not v_is_over loop
      v_end := least(v_taken + v_step, cardinality(v_undone));
      v_locked := array(
        select s.id from public.songs as s where s.id = any (v_undone[v_taken + 1 : v_end])
        order by s.id for no key update of s skip locked
      );
      v_held := v_end - v_taken - cardinality(v_locked);
      -- Once more under the lock: another worker may have done some between the reading and the locking.
      v_locked := tag_migration.undone(p_run, v_locked);
      v_ids := v_ids || v_locked;
      if cardinality(v_locked) > 0 then
        v_number := coalesce(v_number, nextval('tag_migration.batch_number'));
        -- Reading starts in a statement of its own: only what is read after the lock is what the lock protects.
        select * into v_written from tag_migration.migrate_songs(p_run, v_number, v_locked);
        if v_written.unknown > 0 then
          v_ids := v_ids[1 : cardinality(v_ids) - cardinality(v_locked)];
          -- What the steps before have done stands; the next batch begins with these songs.
          exit when cardinality(v_ids) > 0;
          return jsonb_build_object('outcome', 'unknown-themes', 'themes', tag_migration.unknown_themes(p_run, v_locked));
        end if;
        v_themes := v_themes + v_written.themes;
        v_hashes := v_hashes || v_written.hashes;
        v_usage_tags := v_usage_tags || v_written.usage_tags;
        v_usage_deltas := v_usage_deltas || v_written.usage_deltas;
      end if;
      v_taken := v_end;
      -- Songs that a person holds were skipped: the sweep must know that it has to come back.
      v_skipped := v_skipped + v_held;
      -- Asked here: when the block has ended, whoever waited wakes up for a moment.
      v_is_waited_for := tag_migration.is_waited_for();
      if p_budget_ms is not null then
        v_elapsed_ms := extract(epoch from clock_timestamp() - v_started) * 1000;
        v_step := least(
          greatest(0, least(p_budget_ms - v_elapsed_ms, p_step_ms)) / v_elapsed_ms * v_taken, cardinality(v_undone)
        )::integer;
        -- A step costs a few milliseconds, however few its songs.
        v_is_over := v_step < greatest(10, v_first / 4) or v_is_waited_for;
      end if;
    end loop;
    v_last := case when v_taken < cardinality(v_undone) then v_undone[v_taken] else v_window[cardinality(v_window)] end;
    if cardinality(v_ids) = 0 then
      return jsonb_build_object('outcome', 'done', 'songs', 0, 'themes', 0, 'links', 0,
        'skipped', v_skipped, 'last', v_last, 'writerWaits', false, 'edits', tag_migration.edits(), 'durationMs', 0);
    end if;
    insert into tag_migration.batch (
      number, run_id, epoch, worker, first_song, last_song, songs, themes, links, checksum, usage_tags, usage_deltas, duration_ms
    )
    select v_number, p_run, p_epoch, p_worker, v_ids[1], v_ids[cardinality(v_ids)], cardinality(v_ids), v_themes,
      coalesce(sum(u.links), 0), sha256(v_hashes), coalesce(array_agg(u.tag_id), '{}'), coalesce(array_agg(u.links), '{}'),
      extract(epoch from clock_timestamp() - v_started) * 1000
    from (
      select u.tag_id, sum(u.links)::integer as links from unnest(v_usage_tags, v_usage_deltas) as u (tag_id, links)
      group by u.tag_id
    ) as u
    returning links into v_links;
  exception
    when query_canceled or assert_failure or others then
      -- `others` does not cover a cancelled query.
      get stacked diagnostics v_state = returned_sqlstate, v_message = message_text;
      return jsonb_build_object('outcome', 'error', 'sqlstate', v_state, 'message', v_message,
        'songs', coalesce(cardinality(v_ids), 0), 'songId', v_ids[1]);
  end;

  return jsonb_build_object('outcome', 'done', 'number', v_number, 'songs', cardinality(v_ids), 'themes', v_themes, 'links', v_links,
    'skipped', v_skipped, 'last', v_last,
    'writerWaits', v_is_waited_for,
    'edits', tag_migration.edits(),
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

-- How many rows are read for their statistics: ids are spread evenly, and reading ten times as many takes as long as some batches.
alter table public.song_tags alter column song_id set statistics 10;
alter table tag_migration.song_state alter column song_id set statistics 10;
alter table tag_migration.journal alter column song_id set statistics 10, alter column run_id set statistics 10,
  alter column batch set statistics 10;

-- Tells the planner how large the tables are that batches fill. Not of use while somebody else is at it.
create function public.tag_migration_refresh_statistics() returns void
language plpgsql security definer set search_path = ''
as $$
begin
  analyze (skip_locked) public.song_tags (song_id), tag_migration.song_state (song_id), tag_migration.journal (song_id, run_id, batch);
end
$$;

-- Adds the batches' recorded deltas to tags.usage_count, those of some tags a call: whoever tags a song waits for each tag that is
-- counted just then. Says how many batches and entries are left. Folding twice changes nothing.
create function public.tag_migration_fold(p_run uuid, p_tags integer default 200) returns integer
language plpgsql security definer set search_path = ''
as $$
begin
  perform set_config('lock_timeout', '200ms', true);
  with claimed as materialized (
    select b.number from tag_migration.batch as b
    -- Two that fold wait for each other: who finds nothing left may rely on it that all is counted.
    where b.run_id = p_run and not b.is_folded order by b.number limit 2000 for no key update
  ), folded as (
    update tag_migration.batch as b set is_folded = true from claimed as c where b.number = c.number
    returning b.usage_tags, b.usage_deltas
  )
  insert into tag_migration.usage_owed (tag_id, links)
  select u.tag_id, sum(u.links)
  from folded as f cross join lateral unnest(f.usage_tags, f.usage_deltas) as u (tag_id, links)
  group by u.tag_id;

  with slice as materialized (
    select o.tag_id from tag_migration.usage_owed as o group by o.tag_id order by o.tag_id limit p_tags
  ), paid as (
    delete from tag_migration.usage_owed as o using slice as s where o.tag_id = s.tag_id
    returning o.tag_id, o.links
  ), delta as materialized (
    select p.tag_id, sum(p.links) as links from paid as p group by p.tag_id
  ), locked as materialized (
    select t.id, d.links from public.tags as t join delta as d on d.tag_id = t.id order by t.id for no key update of t
  )
  update public.tags as t set usage_count = t.usage_count + l.links from locked as l where t.id = l.id and l.links <> 0;

  return (select count(*) from tag_migration.usage_owed)
    + (select count(*) from tag_migration.batch as b where b.run_id = p_run and not b.is_folded);
end
$$;

create function public.tag_migration_transition(
  p_run uuid, p_epoch integer, p_to text, p_certificate text default null, p_failure jsonb default null,
  p_worker text default null
) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  perform tag_migration.hold_batches();
  update tag_migration.run as r
  set status = p_to,
    -- Of several workers, the one that moves it does what follows.
    worker = case when r.status = p_to then r.worker else coalesce(p_worker, r.worker) end,
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
  perform tag_migration.hold_batches();
  select * into v_run from tag_migration.run as r where r.id = p_run for update;
  if v_run.status not in ('preparing', 'running', 'paused', 'failed', 'validating') then
    return jsonb_build_object('outcome', 'refused', 'run', tag_migration.describe(p_run));
  end if;
  v_missing := v_run.in_step_at is null or exists (
    select from tag_migration.plan_theme as p
    where p.plan_hash = v_run.plan_hash and p.raw_key > tag_migration.prepared_until(p_run)
  );
  update tag_migration.run as r
  set status = case when v_missing then 'preparing' when v_run.status = 'preparing' then 'preparing' else 'running' end,
    epoch = r.epoch + 1, worker = p_worker
  where r.id = p_run;
  return jsonb_build_object('outcome', 'resumed', 'run', tag_migration.describe(p_run));
end
$$;

-- The links that a plan would make in a window of songs: p_yields maps raw themes to normalized tag names. Reads only.
create function public.tag_migration_count_links(p_after uuid, p_limit integer, p_yields jsonb) returns jsonb
language sql stable security definer set search_path = ''
as $$
  with place as materialized (
    select s.id, s.themes from tag_migration.song_themes as s where s.id > p_after order by s.id limit p_limit
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
    where tag_migration.can_hold(p.themes)
      and not exists (select from tag_migration.song_state as st where st.song_id = p.id)
  )
  select jsonb_build_object(
    'last', (select max(p.id::text) from place as p),
    'links', (
      select count(*) from link as l
      where not exists (select from public.song_tags as h where h.song_id = l.id and h.tag_id = l.tag_id)
    )
  )
$$;

grant execute on function
  public.tag_migration_run(uuid, boolean), public.tag_migration_quarantined(uuid), public.tag_migration_survey(uuid, integer, uuid, uuid),
  public.tag_migration_add_plan(text, jsonb), public.tag_migration_plan(text, text, integer),
  public.tag_migration_start(text, integer, bigint, jsonb, text), public.tag_migration_prepare(uuid, integer, integer),
  public.tag_migration_adopt(uuid, integer, text[]), public.tag_migration_batch(uuid, integer, integer, uuid, text, integer, integer, integer, integer, integer),
  public.tag_migration_quarantine(uuid, integer, uuid, text, text, integer), public.tag_migration_fold(uuid, integer),
  public.tag_migration_refresh_statistics(),
  public.tag_migration_transition(uuid, integer, text, text, jsonb, text), public.tag_migration_resume(uuid, text),
  public.tag_migration_count_links(uuid, integer, jsonb)
to service_role;
