-- What people experience of the songbook, in numbers: response times as sketches that merge, which tags are in use, what
-- several of them searched for. Nobody is named in it. Browsers add to it, admins read it, alerts are raised from it.

create extension if not exists pgcrypto with schema extensions;

-- Not exposed by the API; nobody enters it but through the functions in public.
create schema tag_monitoring;

create table tag_monitoring.setting (
  only_row boolean not null default true,
  entries_per_call integer not null default 100,
  entries_per_hour integer not null default 3000,
  max_count integer not null default 5000,
  min_searchers integer not null default 3,
  keep_minutes interval not null default '3 hours',
  keep_hours interval not null default '8 days',
  keep interval not null default '90 days',
  constraint setting_pkey primary key (only_row),
  constraint setting_only_row check (only_row),
  constraint setting_entries check (entries_per_call > 0 and entries_per_hour > 0 and max_count > 0),
  constraint setting_min_searchers check (min_searchers >= 2),
  constraint setting_keep check (keep_minutes >= '1 hour' and keep_hours >= '7 days' and keep >= keep_hours)
);
alter table tag_monitoring.setting enable row level security;
insert into tag_monitoring.setting default values;
comment on column tag_monitoring.setting.entries_per_hour is 'What one person may send. A page that is used all the time sends about ten entries a minute.';
comment on column tag_monitoring.setting.max_count is 'What one entry counts at most, so that nobody outvotes all others.';
comment on column tag_monitoring.setting.min_searchers is 'Different people who must have searched for a text before it is kept.';
comment on column tag_monitoring.setting.keep_minutes is 'After this, minutes are folded into hours: what is read over days is read from few rows.';
comment on column tag_monitoring.setting.keep_hours is 'After this, hours are folded into days.';

-- The names that are known, and what each may be about. What is not here is refused.
create table tag_monitoring.metric (
  name text not null,
  kind text not null,
  labels text[] not null default '{""}',
  constraint metric_pkey primary key (name),
  constraint metric_kind check (kind in ('timing', 'use', 'search'))
);
alter table tag_monitoring.metric enable row level security;
insert into tag_monitoring.metric (name, kind, labels) values
  ('tags.autocomplete', 'timing', '{local,server}'),
  ('tags.cache.read', 'timing', '{memory,session,indexeddb,none}'),
  ('tags.cache.failure', 'timing', '{disabled,quota,slow,closed,corrupt,clock,other}'),
  ('tags.catalog.load', 'timing', '{snapshot,delta,unchanged}'),
  ('songs.search', 'timing', '{server,storage,memory}'),
  ('mutation', 'timing', '{"",song.add,song.save,song.tag,tag.create}'),
  ('web.lcp', 'timing', '{""}'),
  ('web.inp', 'timing', '{""}'),
  ('web.cls', 'timing', '{""}'),
  ('web.fcp', 'timing', '{""}'),
  ('web.ttfb', 'timing', '{""}'),
  ('tags.use', 'use', '{added,removed,filtered}'),
  ('songs.search.text', 'search', '{""}');
comment on column tag_monitoring.metric.kind is 'timing: a count, errors and a sketch of values (ms; web.cls has no unit). use: of one tag. search: a text that somebody searched for.';

-- A sketch is cells with their counts: cell i holds what is above g^(i-1) and at most g^i, with g = 1.01/0.99, so that the
-- middle of a cell is within 1% of all in it. Counts may have fractions: what is sampled counts for all it stands for.
create table tag_monitoring.bucket (
  -- The minute, or the hour or day (UTC) that it was folded into, on the database's clock.
  at timestamptz not null,
  metric text not null references tag_monitoring.metric (name),
  label text not null,
  count bigint not null,
  errors bigint not null,
  cells smallint[] not null,
  counts double precision[] not null,
  constraint bucket_pkey primary key (at, metric, label),
  constraint bucket_cells check (cardinality(cells) = cardinality(counts))
);
alter table tag_monitoring.bucket enable row level security;

create table tag_monitoring.tag_use (
  hour timestamptz not null,
  -- No foreign key: nobody who deletes a tag should wait for somebody who counts it.
  tag_id uuid not null,
  label text not null,
  uses bigint not null,
  constraint tag_use_pkey primary key (hour, tag_id, label)
);
alter table tag_monitoring.tag_use enable row level security;

create table tag_monitoring.search_pattern (
  day date not null,
  text text not null,
  searches bigint not null,
  unfound bigint not null,
  constraint search_pattern_pkey primary key (day, text)
);
alter table tag_monitoring.search_pattern enable row level security;
create index search_pattern_text_idx on tag_monitoring.search_pattern (text);
comment on table tag_monitoring.search_pattern is 'Folded texts that min_searchers different people searched for on one day; from then on, how often anybody does.';

-- Where a text waits for its people, until the day is over. Who they are is kept under a key that goes with the day, and
-- together with the text: it does not show what else somebody searched for.
create table tag_monitoring.search_stage (
  day date not null,
  text text not null,
  person bytea not null,
  searches bigint not null,
  unfound bigint not null,
  constraint search_stage_pkey primary key (day, text, person)
);
alter table tag_monitoring.search_stage enable row level security;

create table tag_monitoring.search_key (
  day date not null,
  key bytea not null,
  constraint search_key_pkey primary key (day)
);
alter table tag_monitoring.search_key enable row level security;

create table tag_monitoring.quota (
  user_id uuid not null references auth.users (id) on delete cascade,
  hour timestamptz not null,
  entries integer not null,
  constraint quota_pkey primary key (user_id)
);
alter table tag_monitoring.quota enable row level security;

-- A number from 0 to the limit, whatever somebody sends in its place.
create function tag_monitoring.clamp(p_value jsonb, p_limit numeric) returns double precision
language sql immutable set search_path = ''
as $$
  select case when jsonb_typeof(p_value) = 'number' then least(greatest((p_value #>> '{}')::numeric, 0), p_limit) else 0 end
$$;

create function tag_monitoring.merge_cells(
  p_cells smallint[], p_counts double precision[], p_more_cells smallint[], p_more_counts double precision[],
  out cells smallint[], out counts double precision[]
)
language sql immutable set search_path = ''
as $$
  select coalesce(array_agg(m.cell order by m.cell), '{}'), coalesce(array_agg(m.count order by m.cell), '{}')
  from (
    select u.cell, sum(u.count) as count
    from (
      select o.cell, o.count from unnest(p_cells, p_counts) as o (cell, count)
      union all
      select n.cell, n.count from unnest(p_more_cells, p_more_counts) as n (cell, count)
    ) as u group by u.cell
  ) as m
$$;

create function tag_monitoring.today() returns date
language sql stable set search_path = ''
as $$ select (now() at time zone 'utc')::date $$;

create function tag_monitoring.add_timings(p_entries jsonb) returns void
language sql set search_path = ''
as $$
  with entry as materialized (
    select m.name as metric, coalesce(e.value ->> 'label', '') as label, s.max_count,
      round(tag_monitoring.clamp(e.value -> 'count', s.max_count)) as count,
      round(tag_monitoring.clamp(e.value -> 'errors', s.max_count)) as errors,
      case when jsonb_typeof(e.value -> 'cells') = 'array' then e.value -> 'cells' else '[]' end as cells
    from jsonb_array_elements(p_entries) as e (value)
    join tag_monitoring.metric as m on m.name = e.value ->> 'metric' and m.kind = 'timing'
    cross join tag_monitoring.setting as s
  ), total as (
    select e.metric, e.label, least(sum(e.count), max(e.max_count)) as count, sum(e.errors) as errors
    from entry as e group by e.metric, e.label
  ), cell as (
    select e.metric, e.label, least(greatest(round((c.value ->> 0)::numeric), -346), 666)::smallint as cell,
      sum(tag_monitoring.clamp(c.value -> 1, e.max_count)) as count, max(e.max_count) as max_count
    from entry as e cross join lateral jsonb_array_elements(e.cells) as c (value)
    where jsonb_typeof(c.value -> 0) = 'number'
    group by 1, 2, 3
  ), sketch as (
    select c.metric, c.label, array_agg(c.cell order by c.cell) as cells,
      array_agg(c.count * least(1, c.max_count / c.whole) order by c.cell) as counts
    from (select c.*, sum(c.count) over (partition by c.metric, c.label) as whole from cell as c where c.count > 0) as c
    group by c.metric, c.label
  )
  insert into tag_monitoring.bucket as b (at, metric, label, count, errors, cells, counts)
  select date_trunc('minute', now(), 'utc'), t.metric, t.label, t.count, least(t.errors, t.count),
    coalesce(k.cells, '{}'), coalesce(k.counts, '{}')
  from total as t left join sketch as k on k.metric = t.metric and k.label = t.label
  where t.count > 0 or k.cells is not null
  -- In one order: two people who add to the same minute never wait for each other in a ring.
  order by t.metric, t.label
  on conflict (at, metric, label) do update set
    count = b.count + excluded.count, errors = b.errors + excluded.errors,
    (cells, counts) = (
      select m.cells, m.counts from tag_monitoring.merge_cells(b.cells, b.counts, excluded.cells, excluded.counts) as m
    )
$$;

create function tag_monitoring.add_uses(p_entries jsonb) returns void
language sql set search_path = ''
as $$
  insert into tag_monitoring.tag_use as u (hour, tag_id, label, uses)
  select date_trunc('hour', now(), 'utc'), t.id, e.value ->> 'label',
    least(sum(round(tag_monitoring.clamp(e.value -> 'count', s.max_count))), max(s.max_count))
  from jsonb_array_elements(p_entries) as e (value)
  join tag_monitoring.metric as m on m.name = e.value ->> 'metric' and m.kind = 'use'
  -- The text as an id, or nothing: compared as text, all tags would be read for each call.
  join public.tags as t on t.id = case
    when e.value ->> 'tag' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then (e.value ->> 'tag')::uuid
  end
  cross join tag_monitoring.setting as s
  group by t.id, e.value ->> 'label'
  order by t.id, e.value ->> 'label'
  on conflict (hour, tag_id, label) do update set uses = u.uses + excluded.uses
$$;

-- Of the day. Forgets what waited on earlier days, and the keys to it.
create function tag_monitoring.search_key() returns bytea
language plpgsql set search_path = ''
as $$
declare
  v_today date := tag_monitoring.today();
  v_key bytea;
begin
  select k.key into v_key from tag_monitoring.search_key as k where k.day = v_today;
  if v_key is null then
    perform tag_monitoring.forget_searchers();
    insert into tag_monitoring.search_key (day, key) values (v_today, extensions.gen_random_bytes(32))
    on conflict (day) do nothing;
    -- Another one's, if that was faster.
    select k.key into v_key from tag_monitoring.search_key as k where k.day = v_today;
  end if;
  return v_key;
end
$$;

create function tag_monitoring.forget_searchers() returns void
language sql set search_path = ''
as $$
  delete from tag_monitoring.search_stage as s where s.day < tag_monitoring.today();
  delete from tag_monitoring.search_key as k where k.day < tag_monitoring.today();
$$;

create function tag_monitoring.add_searches(p_user uuid, p_entries jsonb) returns void
language plpgsql set search_path = ''
as $$
declare
  v_today date := tag_monitoring.today();
  v_entry record;
begin
  for v_entry in
    select e.text, least(sum(e.count), 100)::bigint as searches,
      least(sum(case when e.found then 0 else e.count end), 100)::bigint as unfound
    from (
      select public.normalize_tag_name(left(s.value ->> 'text', 200)) as text, (s.value -> 'found') = 'true' as found,
        round(tag_monitoring.clamp(s.value -> 'count', 100)) as count
      from jsonb_array_elements(p_entries) as s (value)
      join tag_monitoring.metric as m on m.name = s.value ->> 'metric' and m.kind = 'search'
      -- Addresses, links and long numbers are nobody's theme.
      where s.value ->> 'text' !~ '@|://|[0-9]{5}' and char_length(s.value ->> 'text') <= 200
    ) as e
    where char_length(e.text) between 2 and 60 and e.count > 0
    group by e.text order by e.text
  loop
    if exists (select from tag_monitoring.search_pattern as p where p.text = v_entry.text) then
      perform tag_monitoring.add_pattern(v_entry.text, v_entry.searches, v_entry.unfound);
    else
      insert into tag_monitoring.search_stage as s (day, text, person, searches, unfound)
      values (
        v_today, v_entry.text,
        extensions.hmac(convert_to(p_user::text || ' ' || v_entry.text, 'utf8'), tag_monitoring.search_key(), 'sha256'),
        v_entry.searches, v_entry.unfound
      )
      on conflict (day, text, person) do update
        set searches = s.searches + excluded.searches, unfound = s.unfound + excluded.unfound;
    end if;
    perform tag_monitoring.promote(v_entry.text);
  end loop;
end
$$;

create function tag_monitoring.add_pattern(p_text text, p_searches bigint, p_unfound bigint) returns void
language sql set search_path = ''
as $$
  insert into tag_monitoring.search_pattern as p (day, text, searches, unfound)
  values (tag_monitoring.today(), p_text, p_searches, p_unfound)
  on conflict (day, text) do update set searches = p.searches + excluded.searches, unfound = p.unfound + excluded.unfound
$$;

-- A text that has its people is kept without them. Of two who bring the last one in at once, whoever removes the rows counts
-- them; a row that was not committed by then is found the next time that somebody searches for it.
create function tag_monitoring.promote(p_text text) returns void
language plpgsql set search_path = ''
as $$
declare
  v_searches bigint;
  v_unfound bigint;
begin
  if not exists (select from tag_monitoring.search_pattern as p where p.text = p_text) and (
    select count(*) from tag_monitoring.search_stage as s where s.day = tag_monitoring.today() and s.text = p_text
  ) < (select s.min_searchers from tag_monitoring.setting as s) then
    return;
  end if;
  with gone as (
    delete from tag_monitoring.search_stage as s where s.day = tag_monitoring.today() and s.text = p_text
    returning s.searches, s.unfound
  )
  select sum(o.searches), sum(o.unfound) into v_searches, v_unfound from gone as o;
  if v_searches is not null then
    perform tag_monitoring.add_pattern(p_text, v_searches, v_unfound);
  end if;
end
$$;

-- What one person may still send in this hour. One row a person: nobody waits for anybody else.
create function tag_monitoring.spend(p_user uuid, p_entries integer) returns boolean
language sql set search_path = ''
as $$
  with spent as (
    insert into tag_monitoring.quota as q (user_id, hour, entries)
    values (p_user, date_trunc('hour', now(), 'utc'), p_entries)
    on conflict (user_id) do update set
      hour = excluded.hour, entries = case when q.hour = excluded.hour then q.entries else 0 end + excluded.entries
      where q.hour <> excluded.hour
        or q.entries + excluded.entries <= (select s.entries_per_hour from tag_monitoring.setting as s)
    returning true
  )
  select exists (select from spent)
$$;

create function public.record_tag_metrics(p_entries jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := auth.uid();
  v_limit integer := (select s.entries_per_call from tag_monitoring.setting as s);
  v_unknown text;
begin
  if v_user is null then
    raise exception using errcode = '42501', message = 'Metrics are sent by people who are signed in.';
  end if;
  -- Before anything is done with it. As text it is a little longer than it was sent.
  if jsonb_typeof(p_entries) is distinct from 'array' or jsonb_array_length(p_entries) not between 1 and v_limit
    or octet_length(p_entries::text) > 100000 then
    raise exception using errcode = '22023', message = format('Send 1 to %s entries, 64 kB at most.', v_limit);
  end if;
  select coalesce(e.value ->> 'metric', '') into v_unknown
  from jsonb_array_elements(p_entries) as e (value)
  where not exists (
    select from tag_monitoring.metric as m
    where m.name = e.value ->> 'metric' and coalesce(e.value ->> 'label', '') = any (m.labels)
  ) limit 1;
  if found then
    raise exception using errcode = '22023', message = format('There is no metric %s with that label.', left(v_unknown, 50));
  end if;
  if not tag_monitoring.spend(v_user, jsonb_array_length(p_entries)) then
    return jsonb_build_object('outcome', 'quota');
  end if;
  perform tag_monitoring.add_timings(p_entries);
  perform tag_monitoring.add_uses(p_entries);
  perform tag_monitoring.add_searches(v_user, p_entries);
  return jsonb_build_object('outcome', 'done');
end
$$;
comment on function public.record_tag_metrics is
  'Adds what one browser measured: [{metric, label?, count, errors?, cells?: [[cell, count], …]} | {metric, label, tag, count} | {metric, text, found, count}]. {outcome: done | quota}. Numbers are clamped; an unknown name refuses the whole call (22023).';
grant execute on function public.record_tag_metrics(jsonb) to authenticated;

-- Makes one bucket of all in an hour or a day, beginning with the oldest that are not folded. A few a call.
create function tag_monitoring.fold(p_unit text, p_before timestamptz, p_reach interval) returns integer
language plpgsql set search_path = ''
as $$
declare
  v_from timestamptz;
  v_folded integer;
begin
  select date_trunc(p_unit, min(b.at), 'utc') into v_from from tag_monitoring.bucket as b
  where b.at < p_before and b.at <> date_trunc(p_unit, b.at, 'utc');
  with single as (
    -- What is at the very begin goes as well, and comes back as the whole.
    delete from tag_monitoring.bucket as b
    where b.at >= v_from and b.at < least(v_from + p_reach, date_trunc(p_unit, p_before, 'utc'))
    returning date_trunc(p_unit, b.at, 'utc') as at, b.metric, b.label, b.count, b.errors, b.cells, b.counts
  ), cell as (
    select m.at, m.metric, m.label, c.cell, sum(c.count) as count
    from single as m cross join lateral unnest(m.cells, m.counts) as c (cell, count) group by 1, 2, 3, 4
  ), sketch as (
    select c.at, c.metric, c.label, array_agg(c.cell order by c.cell) as cells, array_agg(c.count order by c.cell) as counts
    from cell as c group by 1, 2, 3
  ), total as (
    select m.at, m.metric, m.label, sum(m.count) as count, sum(m.errors) as errors from single as m group by 1, 2, 3
  )
  insert into tag_monitoring.bucket (at, metric, label, count, errors, cells, counts)
  select t.at, t.metric, t.label, t.count, t.errors, coalesce(s.cells, '{}'), coalesce(s.counts, '{}')
  from total as t left join sketch as s on s.at = t.at and s.metric = t.metric and s.label = t.label;
  get diagnostics v_folded = row_count;
  return v_folded;
end
$$;

create function public.tag_metrics_retain() returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_setting tag_monitoring.setting;
  v_dropped integer;
begin
  select * into v_setting from tag_monitoring.setting;
  perform tag_monitoring.forget_searchers();
  delete from tag_monitoring.quota as q where q.hour < now() - interval '1 hour';
  delete from tag_monitoring.bucket as b where b.at < now() - v_setting.keep;
  get diagnostics v_dropped = row_count;
  delete from tag_monitoring.tag_use as u where u.hour < now() - v_setting.keep;
  delete from tag_monitoring.search_pattern as p where p.day < tag_monitoring.today() - v_setting.keep;
  delete from tag_monitoring.alert_notice as n where n.at < now() - v_setting.keep;
  return jsonb_build_object(
    'hours', tag_monitoring.fold('hour', now() - v_setting.keep_minutes, interval '6 hours'),
    'days', tag_monitoring.fold('day', now() - v_setting.keep_hours, interval '3 days'),
    'dropped', v_dropped
  );
end
$$;
comment on function public.tag_metrics_retain is 'Folds old minutes into hours, old hours into days, and deletes what is too old. {hours, days, dropped}: rows.';
grant execute on function public.tag_metrics_retain() to service_role;

-- The middle of a cell, within 1% of all in it; the first cell is for zero.
create function tag_monitoring.value_of_cell(p_cell smallint) returns double precision
language sql immutable set search_path = ''
as $$
  select case when p_cell = -346 then 0 else 2 * power(1.01::float8 / 0.99, p_cell) / (1 + 1.01::float8 / 0.99) end
$$;

-- By step and metric, over all labels: how often, how often in vain; and of those in p_metrics the percentiles of what was
-- timed: adding up cells is most of the work, and of most metrics nobody looks at more than counts.
create function tag_monitoring.distribution(
  p_from timestamptz, p_to timestamptz, p_step interval, p_metrics text[]
) returns table (
  at timestamptz, metric text, count bigint, errors bigint,
  p50 double precision, p75 double precision, p95 double precision, p99 double precision, timed double precision
)
language sql stable set search_path = ''
as $$
  with bucket as materialized (
    select date_bin(p_step, b.at, p_from) as step, b.metric, b.count, b.errors, b.cells, b.counts
    from tag_monitoring.bucket as b where b.at >= p_from and b.at < p_to
  ), total as (
    select b.step, b.metric, sum(b.count)::bigint as count, sum(b.errors)::bigint as errors
    from bucket as b group by b.step, b.metric
  ), cell as (
    select b.step, b.metric, c.cell, sum(c.count) as count
    from bucket as b cross join lateral unnest(b.cells, b.counts) as c (cell, count)
    where b.metric = any (p_metrics) group by b.step, b.metric, c.cell
  ), ranked as (
    select c.step, c.metric, c.cell, sum(c.count) over (partition by c.step, c.metric order by c.cell) as up_to,
      sum(c.count) over (partition by c.step, c.metric) as whole
    from cell as c
  ), percentile as (
    select r.step, r.metric, max(r.whole) as timed,
      min(r.cell) filter (where r.up_to >= 0.5 * r.whole) as p50,
      min(r.cell) filter (where r.up_to >= 0.75 * r.whole) as p75,
      min(r.cell) filter (where r.up_to >= 0.95 * r.whole) as p95,
      min(r.cell) filter (where r.up_to >= 0.99 * r.whole) as p99
    from ranked as r where r.whole > 0 group by r.step, r.metric
  )
  select t.step, t.metric, t.count, t.errors, tag_monitoring.value_of_cell(p.p50), tag_monitoring.value_of_cell(p.p75),
    tag_monitoring.value_of_cell(p.p95), tag_monitoring.value_of_cell(p.p99), coalesce(p.timed, 0)
  from total as t left join percentile as p on p.step = t.step and p.metric = t.metric
$$;

-- Reads of the cache by who answered. What `none` answered went to the server.
create function tag_monitoring.cache_reads(p_from timestamptz, p_to timestamptz, p_step interval) returns table (
  at timestamptz, tier text, reads bigint
)
language sql stable set search_path = ''
as $$
  select date_bin(p_step, b.at, p_from), b.label, sum(b.count)::bigint
  from tag_monitoring.bucket as b
  where b.at >= p_from and b.at < p_to and b.metric = 'tags.cache.read'
  group by 1, 2
$$;

create function tag_monitoring.reading(p_value double precision, p_samples double precision) returns jsonb
language sql immutable set search_path = ''
as $$ select jsonb_build_object('value', p_value, 'samples', coalesce(p_samples, 0)) $$;

-- What browsers tell, over the last so many seconds.
create function tag_monitoring.browser_readings(p_seconds integer) returns jsonb
language sql stable set search_path = ''
as $$
  with period as materialized (
    select now() - make_interval(secs => p_seconds) as since, now() + interval '1 minute' as until
  ), timing as materialized (
    select d.* from period as p
    cross join lateral tag_monitoring.distribution(
      p.since, p.until, p.until - p.since, array['tags.autocomplete', 'songs.search']
    ) as d
  ), reads as (
    select coalesce(sum(r.reads), 0)::float8 as whole, coalesce(sum(r.reads) filter (where r.tier <> 'none'), 0)::float8 as hits
    from period as p cross join lateral tag_monitoring.cache_reads(p.since, p.until, p.until - p.since) as r
  ), calls as (
    select sum(t.count)::float8 as whole, sum(t.errors)::float8 as errors from timing as t
    where t.metric in ('tags.catalog.load', 'songs.search', 'mutation')
  ), quota as (
    select coalesce(sum(b.count), 0)::float8 as failures from tag_monitoring.bucket as b cross join period as p
    where b.at >= p.since and b.metric = 'tags.cache.failure' and b.label = 'quota'
  )
  select jsonb_build_object(
    'autocomplete.p95', (
      select tag_monitoring.reading(max(t.p95), max(t.timed)) from timing as t where t.metric = 'tags.autocomplete'
    ),
    'search.p95', (select tag_monitoring.reading(max(t.p95), max(t.timed)) from timing as t where t.metric = 'songs.search'),
    'cache.hitRatio', (select tag_monitoring.reading(r.hits / nullif(r.whole, 0), r.whole) from reads as r),
    'error.share', (select tag_monitoring.reading(c.errors / nullif(c.whole, 0), c.whole) from calls as c),
    'cache.quotaFailures', (
      select tag_monitoring.reading(q.failures, q.failures + r.whole) from quota as q cross join reads as r
    )
  )
$$;

-- How migration and data are, now. Nothing under way is not stalled, and no look at the data is no finding.
create function tag_monitoring.engine_readings() returns jsonb
language sql stable set search_path = ''
as $$
  with run as materialized (
    select r.id, r.status, r.changed_at from tag_migration.run as r
    where r.status in ('preparing', 'running', 'validating', 'rolling_back', 'failed', 'paused') limit 1
  ), life as (
    select extract(epoch from clock_timestamp() - greatest(
      r.changed_at,
      (select max(b.finished_at) from tag_migration.batch as b where b.run_id = r.id),
      (select max(w.seen_at) from tag_migration.worker as w where w.run_id = r.id)
    ))::float8 as idle
    from run as r where r.status not in ('failed', 'paused')
  ), failing as (
    select case when r.status = 'failed' then 1 when q.songs >= 10 then q.songs / (q.songs + d.songs) else 0 end as share
    from run as r
    cross join lateral (select count(*)::float8 as songs from tag_migration.quarantine as k where k.run_id = r.id) as q
    cross join lateral (
      select coalesce(sum(b.songs), 0)::float8 as songs from tag_migration.batch as b
      where b.run_id = r.id and not b.is_rollback
    ) as d
  ), latest as (
    select c.round from tag_migration.drift_check as c order by c.id desc limit 1
  ), round as (
    -- The one under way, and the one before it until it is through.
    select l.round - (not (bool_or(c.last_song is null) and bool_or(c.last_tag is null)))::integer as first
    from latest as l join tag_migration.drift_check as c on c.round = l.round and c.at > now() - interval '7 days'
    group by l.round
  ), drift as (
    select coalesce(sum(case when c.is_clean then 0 else greatest(c.differing + c.tags_differing + c.unsynced, 1) end), 0)::float8
        as found,
      count(c.id)::float8 as checks
    from round as r join tag_migration.drift_check as c on c.round >= r.first and c.at > now() - interval '7 days'
  )
  select jsonb_build_object(
    'migration.idleSeconds', tag_monitoring.reading(coalesce((select l.idle from life as l), 0), 1),
    'migration.failing', tag_monitoring.reading(coalesce((select f.share from failing as f), 0), 1),
    'drift.found', (select tag_monitoring.reading(case when d.checks > 0 then d.found end, d.checks) from drift as d)
  )
$$;

-- What the evaluation of the rules must remember; the version settles which of two that look at once was first.
create table tag_monitoring.alert_memory (
  only_row boolean not null default true,
  version bigint not null default 0,
  states jsonb not null default '{}',
  looked_at timestamptz,
  constraint alert_memory_pkey primary key (only_row),
  constraint alert_memory_only_row check (only_row)
);
alter table tag_monitoring.alert_memory enable row level security;
insert into tag_monitoring.alert_memory default values;

create table tag_monitoring.alert_notice (
  id bigint generated always as identity,
  at timestamptz not null default now(),
  notice jsonb not null,
  -- Channels that have it; and when to try the others again.
  delivered text[] not null default '{}',
  attempts integer not null default 0,
  next_at timestamptz not null default now(),
  settled_at timestamptz,
  constraint alert_notice_pkey primary key (id)
);
alter table tag_monitoring.alert_notice enable row level security;
create index alert_notice_due_idx on tag_monitoring.alert_notice (next_at) where settled_at is null;

create function public.tag_alerts_look(p_windows integer[]) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'version', m.version, 'states', m.states, 'now', floor(extract(epoch from clock_timestamp()) * 1000),
    'engine', tag_monitoring.engine_readings(),
    'browsers', (
      select coalesce(jsonb_object_agg(w.seconds, tag_monitoring.browser_readings(w.seconds)), '{}')
      from (select distinct least(greatest(u.seconds, 60), 86400) as seconds from unnest(p_windows) as u (seconds)) as w
    )
  )
  from tag_monitoring.alert_memory as m
$$;
comment on function public.tag_alerts_look is 'What the alert rules are evaluated on: {version, states, now (ms), engine: {signal: {value, samples}}, browsers: {window in seconds: {signal: …}}}.';

create function public.tag_alerts_record(p_version bigint, p_states jsonb, p_notices jsonb) returns boolean
language plpgsql security definer set search_path = ''
as $$
begin
  update tag_monitoring.alert_memory as m
  set version = m.version + 1, states = p_states, looked_at = clock_timestamp() where m.version = p_version;
  if not found then
    return false;
  end if;
  insert into tag_monitoring.alert_notice (notice) select n.value from jsonb_array_elements(p_notices) as n (value);
  return true;
end
$$;
comment on function public.tag_alerts_record is 'Keeps what an evaluation found, and its notices to be sent; false when another one was faster: then nothing is kept.';

-- Whoever asks has a minute to send them; after that, and after a failure, they are due again, later and later, for a day.
create function public.tag_alerts_due() returns jsonb
language sql security definer set search_path = ''
as $$
  with due as materialized (
    select n.id from tag_monitoring.alert_notice as n
    where n.settled_at is null and n.next_at <= clock_timestamp() and n.at > now() - interval '1 day'
    order by n.id limit 20 for update skip locked
  ), claimed as (
    update tag_monitoring.alert_notice as n set
      attempts = n.attempts + 1, next_at = clock_timestamp() + least(interval '1 minute' * power(2, n.attempts), interval '1 hour')
    from due as d where n.id = d.id
    returning n.id, n.notice, n.delivered, n.attempts
  )
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', c.id, 'notice', c.notice, 'delivered', to_jsonb(c.delivered), 'attempts', c.attempts
  ) order by c.id), '[]')
  from claimed as c
$$;

create function public.tag_alerts_delivered(p_notice bigint, p_channels text[], p_is_settled boolean) returns void
language sql security definer set search_path = ''
as $$
  update tag_monitoring.alert_notice as n set
    delivered = array(select distinct c from unnest(n.delivered || p_channels) as c order by c),
    settled_at = case when p_is_settled then clock_timestamp() end
  where n.id = p_notice
$$;
grant execute on function public.tag_alerts_look(integer[]), public.tag_alerts_record(bigint, jsonb, jsonb),
  public.tag_alerts_due(), public.tag_alerts_delivered(bigint, text[], boolean)
to service_role;

create function tag_monitoring.tag_report(p_from timestamptz, p_to timestamptz, p_step interval) returns jsonb
language sql stable set search_path = ''
as $$
  with used as materialized (
    select u.tag_id, coalesce(sum(u.uses) filter (where u.hour >= p_from), 0) as uses,
      coalesce(sum(u.uses) filter (where u.hour < p_from), 0) as before
    from tag_monitoring.tag_use as u
    where u.hour >= p_from - (p_to - p_from) and u.hour < p_to and u.label <> 'removed'
    group by u.tag_id
  ), named as (
    select t.id, t.name, t.category, u.uses, u.before
    from used as u join public.tags as t on t.id = u.tag_id where t.banned_at is null
  ), popular as (
    select n.* from named as n where n.uses > 0 order by n.uses desc, n.name limit 15
  ), rising as (
    -- More than chance would do: the growth in units of what so many uses waver by.
    select n.*, (n.uses - n.before) / sqrt(n.before + 1) as growth from named as n where n.uses > n.before and n.uses >= 3
    order by growth desc, n.name limit 15
  )
  select jsonb_build_object(
    'usage', (
      select coalesce(jsonb_agg(jsonb_build_object('at', s.at, 'label', s.label, 'uses', s.uses) order by s.at, s.label), '[]')
      from (
        select date_bin(greatest(p_step, interval '1 hour'), u.hour, p_from) as at, u.label, sum(u.uses) as uses
        from tag_monitoring.tag_use as u where u.hour >= p_from and u.hour < p_to group by 1, 2
      ) as s
    ),
    'popular', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', p.id, 'name', p.name, 'category', p.category, 'uses', p.uses, 'before', p.before
      ) order by p.uses desc, p.name), '[]') from popular as p
    ),
    'rising', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', r.id, 'name', r.name, 'category', r.category, 'uses', r.uses, 'before', r.before
      ) order by r.growth desc, r.name), '[]') from rising as r
    )
  )
$$;

create function tag_monitoring.search_report(p_from timestamptz, p_to timestamptz) returns jsonb
language sql stable set search_path = ''
as $$
  with pattern as materialized (
    select p.text, sum(p.searches) as searches, sum(p.unfound) as unfound from tag_monitoring.search_pattern as p
    where p.day >= (p_from at time zone 'utc')::date and p.day <= (p_to at time zone 'utc')::date
    group by p.text
  ), frequent as (
    select p.* from pattern as p order by p.searches desc, p.text limit 20
  ), unfound as materialized (
    select p.* from pattern as p where p.unfound > 0 order by p.unfound desc, p.text limit 20
  ), nearest as (
    select u.text, u.searches, u.unfound, t.id, t.name, n.likeness from unfound as u
    left join lateral (
      select coalesce(t.merged_into, t.id) as id, extensions.similarity(k.normalized_name, u.text) as likeness
      from public.tag_names as k join public.tags as t on t.id = k.tag_id
      -- By the index; what is as like as this is proposed.
      where t.banned_at is null and k.normalized_name operator(extensions.%) u.text
        and extensions.similarity(k.normalized_name, u.text) >= 0.3
      order by likeness desc, t.usage_count desc limit 1
    ) as n on true
    left join public.tags as t on t.id = n.id
  )
  select jsonb_build_object(
    'frequent', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'text', f.text, 'searches', f.searches, 'unfound', f.unfound
      ) order by f.searches desc, f.text), '[]') from frequent as f
    ),
    'unfound', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'text', n.text, 'searches', n.searches, 'unfound', n.unfound,
        'nearest', case when n.id is not null then jsonb_build_object('id', n.id, 'name', n.name, 'likeness', n.likeness) end
      ) order by n.unfound desc, n.text), '[]') from nearest as n
    )
  )
$$;

create function tag_monitoring.alert_report() returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object(
    'lookedAt', m.looked_at, 'states', m.states,
    'notices', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', n.id, 'notice', n.notice, 'delivered', to_jsonb(n.delivered), 'isSettled', n.settled_at is not null
      ) order by n.id desc), '[]')
      from (select * from tag_monitoring.alert_notice as l order by l.id desc limit 50) as n
    )
  )
  from tag_monitoring.alert_memory as m
$$;

create function public.tag_metrics_dashboard(p_from timestamptz, p_to timestamptz, p_steps integer default 60) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_step interval;
  -- Whose percentiles are drawn over time.
  v_charts constant text[] := array['tags.autocomplete', 'songs.search'];
begin
  if not public.has_role(array['admin']::public.app_role[]) then
    raise exception using errcode = '42501', message = 'Admins alone read what was measured.';
  end if;
  -- Before PostgreSQL 17 an infinite time could not be subtracted.
  if (case when isfinite(p_from) and isfinite(p_to) then p_to <= p_from or p_to - p_from > interval '100 days' else true end) then
    raise exception using errcode = '22023', message = 'Ask for a time of at most 100 days.';
  end if;
  v_step := greatest((p_to - p_from) / least(greatest(coalesce(p_steps, 60), 1), 200), interval '1 minute');
  return jsonb_build_object(
    'from', p_from, 'to', p_to, 'stepSeconds', extract(epoch from v_step),
    'series', (
      select coalesce(jsonb_agg(to_jsonb(d) order by d.at, d.metric), '[]')
      from tag_monitoring.distribution(p_from, p_to, v_step, v_charts) as d
    ),
    'totals', (
      select coalesce(jsonb_agg(to_jsonb(d) order by d.metric), '[]')
      from tag_monitoring.distribution(
        p_from, p_to, p_to - p_from, v_charts || array['web.lcp', 'web.inp', 'web.cls', 'web.fcp', 'web.ttfb']
      ) as d
    ),
    'cacheReads', (
      select coalesce(jsonb_agg(to_jsonb(r) order by r.at, r.tier), '[]')
      from tag_monitoring.cache_reads(p_from, p_to, v_step) as r
    ),
    'tags', tag_monitoring.tag_report(p_from, p_to, v_step),
    'searches', tag_monitoring.search_report(p_from, p_to),
    'alerts', tag_monitoring.alert_report(),
    'run', public.tag_migration_run()
  );
end
$$;
comment on function public.tag_metrics_dashboard is 'Everything that an admin is shown, in p_steps steps of at least a minute. Times of values in ms; percentiles of searches, suggestions and, over the whole time, web vitals. Admins alone (42501).';
grant execute on function public.tag_metrics_dashboard(timestamptz, timestamptz, integer) to authenticated;
