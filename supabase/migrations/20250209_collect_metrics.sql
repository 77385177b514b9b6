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
  keep_minutes interval not null default '2 days',
  keep interval not null default '90 days',
  constraint setting_pkey primary key (only_row),
  constraint setting_only_row check (only_row),
  constraint setting_entries check (entries_per_call > 0 and entries_per_hour > 0 and max_count > 0),
  constraint setting_min_searchers check (min_searchers >= 2),
  constraint setting_keep check (keep_minutes >= '1 hour' and keep >= keep_minutes)
);
alter table tag_monitoring.setting enable row level security;
insert into tag_monitoring.setting default values;
comment on column tag_monitoring.setting.entries_per_hour is 'What one person may send. A page that is used all the time sends about ten entries a minute.';
comment on column tag_monitoring.setting.max_count is 'What one entry counts at most, so that nobody outvotes all others.';
comment on column tag_monitoring.setting.min_searchers is 'Different people who must have searched for a text before it is kept.';
comment on column tag_monitoring.setting.keep_minutes is 'After this, minutes are folded into hours.';

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
  ('songs.search', 'timing', '{""}'),
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
  -- The minute, or the hour it was folded into, on the database's clock.
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
  join public.tags as t on t.id::text = e.value ->> 'tag'
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

-- A few hours of minutes a call; all that is too old.
create function public.tag_metrics_retain() returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_setting tag_monitoring.setting;
  v_from timestamptz;
  v_folded integer;
  v_dropped integer;
begin
  select * into v_setting from tag_monitoring.setting;
  perform tag_monitoring.forget_searchers();
  delete from tag_monitoring.quota as q where q.hour < now() - interval '1 hour';
  delete from tag_monitoring.bucket as b where b.at < now() - v_setting.keep;
  get diagnostics v_dropped = row_count;
  delete from tag_monitoring.tag_use as u where u.hour < now() - v_setting.keep;
  delete from tag_monitoring.search_pattern as p where p.day < tag_monitoring.today() - v_setting.keep;

  select date_trunc('hour', min(b.at), 'utc') into v_from from tag_monitoring.bucket as b
  where b.at < now() - v_setting.keep_minutes and b.at <> date_trunc('hour', b.at, 'utc');
  with minute as (
    -- The first minute of an hour goes as well, and comes back as the hour.
    delete from tag_monitoring.bucket as b
    where b.at >= v_from
      and b.at < least(v_from + interval '6 hours', date_trunc('hour', now() - v_setting.keep_minutes, 'utc'))
    returning date_trunc('hour', b.at, 'utc') as hour, b.metric, b.label, b.count, b.errors, b.cells, b.counts
  ), cell as (
    select m.hour, m.metric, m.label, c.cell, sum(c.count) as count
    from minute as m cross join lateral unnest(m.cells, m.counts) as c (cell, count) group by 1, 2, 3, 4
  ), sketch as (
    select c.hour, c.metric, c.label, array_agg(c.cell order by c.cell) as cells, array_agg(c.count order by c.cell) as counts
    from cell as c group by 1, 2, 3
  ), total as (
    select m.hour, m.metric, m.label, sum(m.count) as count, sum(m.errors) as errors from minute as m group by 1, 2, 3
  )
  insert into tag_monitoring.bucket (at, metric, label, count, errors, cells, counts)
  select t.hour, t.metric, t.label, t.count, t.errors, coalesce(s.cells, '{}'), coalesce(s.counts, '{}')
  from total as t left join sketch as s on s.hour = t.hour and s.metric = t.metric and s.label = t.label;
  get diagnostics v_folded = row_count;
  return jsonb_build_object('hours', v_folded, 'dropped', v_dropped);
end
$$;
comment on function public.tag_metrics_retain is 'Folds old minutes into hours and deletes what is too old. {hours, dropped}: rows.';
grant execute on function public.tag_metrics_retain() to service_role;
