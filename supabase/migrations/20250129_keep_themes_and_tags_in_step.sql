-- Expand and contract: while a run stands, songs.themes and song_tags follow each other, for old and new clients alike.
-- A song is synced when it has a row in song_state. At every commit of a synced song: seen is what themes is, and its links
-- are the roots of all its yields and extra. Each side writes the state first; the other side's trigger then finds nothing to do.

alter table tag_migration.run add column in_step_at timestamptz;
comment on column tag_migration.run.in_step_at is 'Since when no write can be under way any more that does not know of the sync. No batch starts before.';

create table tag_migration.sync (
  is_only boolean not null default true,
  is_on boolean not null default false,
  changed_at timestamptz not null default now(),
  constraint sync_pkey primary key (is_only),
  constraint sync_one_row check (is_only)
);
alter table tag_migration.sync enable row level security;
comment on table tag_migration.sync is 'Whether new songs are synced at once and songs not yet migrated take tags into their themes. Songs with a state are in step either way.';
insert into tag_migration.sync default values;

create function tag_migration.switch_sync_on() returns void
language sql set search_path = ''
as $$ update tag_migration.sync set is_on = true, changed_at = clock_timestamp() $$;

create function tag_migration.switch_sync_off() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  update tag_migration.sync set is_on = false, changed_at = clock_timestamp()
  where is_on and not exists (select from tag_migration.run as r where r.status <> 'rolled_back');
  return null;
end
$$;
create trigger switch_sync_off after update of status on tag_migration.run
  for each row when (new.status = 'rolled_back') execute function tag_migration.switch_sync_off();

-- The switch is committed; whoever wrote before it still may not know. Their end is waited for once, briefly: a waiting
-- lock holds up the writers behind it.
create function tag_migration.wait_for_writers(p_run uuid) returns jsonb
language plpgsql set search_path = ''
as $$
begin
  perform set_config('lock_timeout', '100ms', true);
  begin
    lock table public.songs in share row exclusive mode;
  exception when lock_not_available then
    return jsonb_build_object('outcome', 'more', 'prepared', 0, 'waiting', 'writers');
  end;
  update tag_migration.run as r set in_step_at = clock_timestamp() where r.id = p_run;
  return jsonb_build_object('outcome', 'more', 'prepared', 0);
end
$$;

-- The run whose plan decides about themes met now: the latest that is not taken back; all NULL when the sync is off.
create function tag_migration.standing_run() returns tag_migration.run
language plpgsql set search_path = ''
as $$
declare
  v_run tag_migration.run;
  v_has_old_snapshot boolean := current_setting('transaction_isolation') <> 'read committed';
begin
  if v_has_old_snapshot then
    -- 40001 when it was switched since the snapshot; switched later, it waits for this transaction.
    perform from tag_migration.sync for share;
  end if;
  select r.* into v_run from tag_migration.sync as s join tag_migration.run as r on r.status <> 'rolled_back'
  where s.is_on order by r.started_at desc limit 1;
  if v_has_old_snapshot and v_run.id is not null then
    raise exception using errcode = '0A000',
      message = 'While a tag migration stands, songs and their tags are written at isolation level READ COMMITTED.',
      detail = 'An older snapshot does not show that a batch has just migrated the song.';
  end if;
  return v_run;
end
$$;

-- Merging changes what a link must be; whoever derives links from these tags holds them shared until commit. Buckets, because
-- a statement over thousands of tags must not fill the lock table; in order, so that two people do not wait in a ring.
create function tag_migration.hold_tags(p_tags uuid[], p_alone boolean default false) returns void
language plpgsql set search_path = ''
as $$
begin
  -- The sorted query is not merged into the one that locks: locks are taken in its order.
  if p_alone then
    perform pg_advisory_xact_lock(20250129, b.bucket)
    from (select distinct get_byte(uuid_send(u.tag_id), 15) as bucket from unnest(p_tags) as u (tag_id) order by 1) as b;
  else
    perform pg_advisory_xact_lock_shared(20250129, b.bucket)
    from (select distinct get_byte(uuid_send(u.tag_id), 15) as bucket from unnest(p_tags) as u (tag_id) order by 1) as b;
  end if;
end
$$;

-- What raw themes yield, and NULL for one that is to become a tag first. The plan's answer stands, also about length.
-- While the run prepares, or was interrupted in that, the plan itself is asked, and the theme is only planned. In plpgsql, as all
-- that an edit calls: it keeps its plans, where a function in SQL is planned anew with each edit.
create function tag_migration.find_tags(p_run uuid, p_plan text, p_raws text[])
returns table (raw text, tag_ids uuid[], is_only_planned boolean)
language plpgsql stable set search_path = ''
as $$
begin
  return query
  select w.raw, coalesce(
    case when t.tag_ids = '{}' or k.tag_ids <> '{}' then k.tag_ids end,
    p.tag_ids,
    case when char_length(c.name) not between 1 and 50 or public.is_blank_tag_name(c.name) then '{}'::uuid[] end,
    (select array[n.tag_id] from public.tag_names as n where n.normalized_name = public.normalize_tag_name(c.name))
  ), p.tag_ids is not null
  from unnest(p_raws) as w (raw)
  cross join lateral (select tag_migration.tidy_name(w.raw) as name) as c
  left join tag_migration.run_theme as t on t.run_id = p_run and t.raw_key = md5(w.raw) and t.raw = w.raw
  cross join lateral (
    -- A planned tag that nobody used may have been deleted since.
    select array(
      select g.id from unnest(t.tag_ids) with ordinality as y (tag_id, part) join public.tags as g on g.id = y.tag_id
      order by y.part
    ) as tag_ids
  ) as k
  left join lateral (
    select array(
      select n.tag_id from unnest(q.tag_names) with ordinality as y (name, part)
      join public.tag_names as n on n.normalized_name = public.normalize_tag_name(y.name)
      group by n.tag_id order by min(y.part)
    ) as tag_ids
    from tag_migration.plan_theme as q
    where t.raw_key is null and q.plan_hash = p_plan and q.raw_key = md5(w.raw) and q.raw = w.raw
  ) as p on true;
end
$$;

-- How many new custom tags a statement about so many songs may make. NULL for whoever is not a client of the API.
create function tag_migration.most_new_tags(p_songs bigint) returns bigint
language plpgsql stable set search_path = ''
as $$
begin
  return case current_setting('role') when 'service_role' then 10 * p_songs when 'authenticated' then 10 end;
end
$$;

-- Custom tags, flagged for review, called as these themes.
create function tag_migration.make_tags(p_raws text[], p_most bigint) returns void
language plpgsql set search_path = ''
as $$
declare
  v_new text[] := array(
    select distinct on (c.normalized) c.name
    from unnest(p_raws) as w (raw)
    cross join lateral (
      select tag_migration.tidy_name(w.raw) as name, public.normalize_tag_name(tag_migration.tidy_name(w.raw)) as normalized
    ) as c
    order by c.normalized, c.name collate "C"
  );
begin
  if cardinality(v_new) > p_most then
    raise exception using errcode = '23514',
      message = format('At most %s new tags can be made at once, and these themes need %s.', p_most, cardinality(v_new)),
      hint = 'Save them in several steps.';
  end if;
  loop
    begin
      insert into public.tags (name, needs_review)
      select n.name, true from unnest(v_new) with ordinality as n (name, place)
      where not exists (select from public.tag_names as k where k.normalized_name = public.normalize_tag_name(n.name))
      order by n.place
      on conflict (normalized_name) do nothing;
      return;
    exception when unique_violation then
      -- Somebody made one of the names a synonym just now: it is found on the next round.
    end;
  end loop;
end
$$;

-- What themes yield as two parallel arrays, a raw once for each of its tags. Makes what is missing: the run's planned tags, or a
-- custom tag flagged for review. Never splits, never guesses.
create function tag_migration.resolve(p_run tag_migration.run, p_raws text[], p_most bigint, out raws text[], out tags uuid[])
language plpgsql set search_path = ''
as $$
declare
  v_planned text[];
  v_unknown text[];
  v_is_planned_made boolean := false;
begin
  loop
    select array_agg(f.raw order by f.raw, y.part) filter (where y.part is not null),
      array_agg(y.tag_id order by f.raw, y.part) filter (where y.part is not null),
      array_agg(distinct f.raw) filter (where f.is_only_planned), array_agg(distinct f.raw) filter (where f.tag_ids is null)
    into raws, tags, v_planned, v_unknown
    from tag_migration.find_tags(p_run.id, p_run.plan_hash, p_raws) as f
    left join lateral unnest(f.tag_ids) with ordinality as y (tag_id, part) on true;
    exit when v_planned is null or v_is_planned_made;
    perform tag_migration.ensure_tags(p_run.id, array_agg(n.name), array_agg(p.category), array_agg(p.needs_review))
    from unnest(v_planned) as w (raw)
    join tag_migration.plan_theme as p on p.plan_hash = p_run.plan_hash and p.raw_key = md5(w.raw) and p.raw = w.raw
    cross join lateral unnest(p.tag_names) as n (name)
    having count(*) > 0;
    v_is_planned_made := true;
  end loop;
  if v_unknown is null then
    return;
  end if;
  perform tag_migration.make_tags(v_unknown, p_most);
  select array_agg(f.raw order by f.raw, y.part), array_agg(y.tag_id order by f.raw, y.part) into raws, tags
  from tag_migration.find_tags(p_run.id, p_run.plan_hash, p_raws) as f
  cross join lateral unnest(f.tag_ids) with ordinality as y (tag_id, part);
end
$$;

-- What an edited array yields: the k-th equal raw keeps what it had, a further one takes what the first has, the others are
-- looked up in p_raws and p_tags, which are parallel and hold a raw once for each of its tags.
create function tag_migration.carry_yields(
  p_themes text[], p_seen text[], p_yields uuid[], p_positions smallint[], p_raws text[], p_tags uuid[],
  out yields uuid[], out positions smallint[]
)
language plpgsql immutable set search_path = ''
as $$
begin
  with now as (
    select e.raw, e.position, row_number() over (partition by e.raw order by e.position) as k
    from unnest(p_themes) with ordinality as e (raw, position)
  ), was as (
    select e.raw, e.position, row_number() over (partition by e.raw order by e.position) as k
    from unnest(p_seen) with ordinality as e (raw, position)
  ), origin as (
    select n.raw, n.position, coalesce(w.position, f.position) as seen_at
    from now as n left join was as w on w.raw = n.raw and w.k = n.k left join was as f on f.raw = n.raw and f.k = 1
  ), yielded as (
    select o.position, h.tag_id, h.part
    from origin as o join unnest(p_yields, p_positions) with ordinality as h (tag_id, position, part) on h.position = o.seen_at
    union all
    select o.position, r.tag_id, r.part
    from origin as o join unnest(p_raws, p_tags) with ordinality as r (raw, tag_id, part) on r.raw = o.raw
    where o.seen_at is null
  )
  select coalesce(array_agg(y.tag_id order by y.position, y.part), '{}'),
    coalesce(array_agg(y.position::smallint order by y.position, y.part), '{}')
  into yields, positions
  from yielded as y;
end
$$;

-- Writes the links that differ from what the songs' states say, and counts them. The caller holds the songs and their tags, and
-- what is written is what the states say: none of what a person's link is asked, and nothing of what follows from it, is due.
create function tag_migration.write_links(p_songs uuid[]) returns void
language plpgsql set search_path = '' set enable_seqscan = off
as $$
declare
  v_gone_songs uuid[];
  v_gone_tags uuid[];
  v_new_songs uuid[];
  v_new_tags uuid[];
begin
  with expected as (
    select distinct st.song_id, coalesce(t.merged_into, t.id) as tag_id
    from tag_migration.song_state as st
    cross join lateral unnest(st.yields || st.extra) as u (tag_id)
    join public.tags as t on t.id = u.tag_id
    where st.song_id = any (p_songs)
  ), linked as (
    select l.song_id, l.tag_id from public.song_tags as l where l.song_id = any (p_songs)
  )
  select array_agg(l.song_id) filter (where e.song_id is null), array_agg(l.tag_id) filter (where e.song_id is null),
    array_agg(e.song_id) filter (where l.song_id is null), array_agg(e.tag_id) filter (where l.song_id is null)
  into v_gone_songs, v_gone_tags, v_new_songs, v_new_tags
  from expected as e full join linked as l on l.song_id = e.song_id and l.tag_id = e.tag_id
  where e.song_id is null or l.song_id is null;
  if v_gone_tags is null and v_new_tags is null then
    return;
  end if;

  if cardinality(v_gone_tags || v_new_tags) > 1 then
    -- Together and in order, so that two people do not wait for each other in a ring.
    perform from public.tags as t where t.id = any (v_gone_tags || v_new_tags) order by t.id for no key update;
  end if;
  perform set_config('tag_migration.engine', 'following', true);
  if v_gone_tags is not null then
    delete from public.song_tags as l using unnest(v_gone_songs, v_gone_tags) as g (song_id, tag_id)
    where l.song_id = g.song_id and l.tag_id = g.tag_id;
  end if;
  if v_new_tags is not null then
    insert into public.song_tags (song_id, tag_id)
    select n.song_id, n.tag_id from unnest(v_new_songs, v_new_tags) as n (song_id, tag_id);
  end if;
  perform set_config('tag_migration.engine', '', true);
  update public.tags as t set usage_count = t.usage_count + d.links
  from (
    select u.tag_id, sum(u.links) as links
    from (
      select g.tag_id, -1 as links from unnest(v_gone_tags) as g (tag_id)
      union all
      select n.tag_id, 1 from unnest(v_new_tags) as n (tag_id)
    ) as u
    group by u.tag_id having sum(u.links) <> 0
  ) as d
  where t.id = d.tag_id;
end
$$;

-- Without sequential scans even a one-row table looks dear enough to compile for: hence jit off, here and below.
-- An old client wrote themes: what they yield is resolved anew, and only the difference is linked.
create function tag_migration.follow_themes() returns trigger
language plpgsql security definer set search_path = ''
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off
as $$
declare
  v_songs uuid[];
  v_unseen text[];
  v_held uuid[];
  v_raws text[];
  v_tags uuid[];
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    -- Refused while a run stands, whatever was written.
    perform tag_migration.standing_run();
  end if;
  v_songs := array(
    select a.id from after as a join tag_migration.song_state as st on st.song_id = a.id
    where st.seen is distinct from a.themes
  );
  if v_songs = '{}' then
    return null;
  end if;
  perform tag_migration.count_old_client_writes(cardinality(v_songs));
  select
    array(
      select distinct e.raw
      from after as a join tag_migration.song_state as st on st.song_id = a.id cross join lateral unnest(a.themes) as e (raw)
      where a.id = any (v_songs) and e.raw is not null and not coalesce(e.raw = any (st.seen), false)
    ),
    array(select unnest(st.yields || st.extra) from tag_migration.song_state as st where st.song_id = any (v_songs))
  into v_unseen, v_held;
  if v_unseen <> '{}' then
    select r.raws, r.tags into v_raws, v_tags
    from tag_migration.resolve(
      tag_migration.standing_run(), v_unseen, tag_migration.most_new_tags(cardinality(v_songs))
    ) as r;
  end if;
  perform tag_migration.hold_tags(v_tags || v_held);
  update tag_migration.song_state as st
  set seen = a.themes, yields = y.yields, yield_positions = y.positions
  from after as a
  join tag_migration.song_state as o on o.song_id = a.id
  cross join lateral tag_migration.carry_yields(a.themes, o.seen, o.yields, o.yield_positions, v_raws, v_tags) as y
  where a.id = any (v_songs) and st.song_id = a.id;
  perform tag_migration.write_links(v_songs);
  return null;
end
$$;
-- No column list: Postgres gives none the tables of what changed. A statement that leaves themes alone ends at the first look.
create trigger follow_themes after update on public.songs
  referencing new table as after for each statement
  when (coalesce(current_setting('tag_migration.engine', true), '') not in ('on', 'following'))
  execute function tag_migration.follow_themes();

-- What the journal says of songs that the run did not find. One may come back under its id, out of a backup: what a batch
-- recorded of the deleted one stays, because checksums and the certificate are made of it.
create function tag_migration.record_births(p_run uuid, p_songs uuid[]) returns void
language plpgsql set search_path = '' set client_encoding = 'UTF8'
as $$
declare
  v_reborn uuid[];
begin
  with reborn as (
    update tag_migration.journal as j set reborn_at = clock_timestamp(), rolled_back_at = null
    from tag_migration.batch as b
    where j.song_id = any (p_songs) and j.run_id = p_run and b.number = j.batch and b.rollback is null
    returning j.song_id
  )
  select coalesce(array_agg(r.song_id), '{}') into v_reborn from reborn as r;
  insert into tag_migration.journal (run_id, song_id, batch, themes, tags_before, linked, names, line_hash, is_born)
  select p_run, s.id, 0, s.themes, '{}', l.tags, l.names,
    sha256(tag_migration.canonical_line(s.id, s.themes, l.names)), true
  from tag_migration.song_themes as s
  cross join lateral (
    select coalesce(array_agg(k.tag_id order by k.tag_id), '{}') as tags,
      coalesce(array_agg(t.normalized_name collate "C" order by t.normalized_name collate "C"), '{}') as names
    from public.song_tags as k join public.tags as t on t.id = k.tag_id where k.song_id = s.id
  ) as l
  where s.id = any (p_songs) and s.id <> all (v_reborn)
  on conflict (song_id, run_id) do update set
    batch = 0, themes = excluded.themes, tags_before = '{}', linked = excluded.linked, names = excluded.names,
    line_hash = excluded.line_hash, is_born = true,
    deleted_at = null, reborn_at = null, forgotten_at = null, rolled_back_at = null;
end
$$;

-- A song that comes while a run stands is synced at once.
create function tag_migration.follow_new_songs() returns trigger
language plpgsql security definer set search_path = ''
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off
as $$
declare
  v_run tag_migration.run := tag_migration.standing_run();
  v_songs uuid[];
  v_raws text[];
  v_tags uuid[];
begin
  if v_run.id is null then
    return null;
  end if;
  v_songs := array(select a.id from added as a where tag_migration.can_hold(a.themes));
  perform tag_migration.count_old_client_writes((select count(*) from added as a where a.themes is not null));
  select r.raws, r.tags into v_raws, v_tags
  from tag_migration.resolve(
    v_run,
    array(
      select distinct e.raw from added as a cross join lateral unnest(a.themes) as e (raw)
      where a.id = any (v_songs) and e.raw is not null
    ),
    tag_migration.most_new_tags(cardinality(v_songs))
  ) as r;
  perform tag_migration.hold_tags(v_tags);
  insert into tag_migration.song_state (song_id, seen, yields, yield_positions, extra)
  select a.id, a.themes, y.yields, y.positions, '{}'
  from added as a cross join lateral tag_migration.carry_yields(a.themes, null, null, null, v_raws, v_tags) as y
  where a.id = any (v_songs);
  perform tag_migration.write_links(v_songs);
  perform tag_migration.record_births(v_run.id, v_songs);
  return null;
end
$$;
create trigger follow_new_songs after insert on public.songs
  referencing new table as added for each statement
  when (current_setting('tag_migration.engine', true) is distinct from 'on')
  execute function tag_migration.follow_new_songs();

-- The roots of a song's yields and extra.
create function tag_migration.roots_of(p_song uuid) returns uuid[]
language plpgsql stable set search_path = ''
as $$
begin
  return array(
    select distinct coalesce(t.merged_into, t.id)
    from tag_migration.song_state as st cross join lateral unnest(st.yields || st.extra) as u (tag_id)
    join public.tags as t on t.id = u.tag_id
    where st.song_id = p_song
  );
end
$$;

-- An array of themes without some tags: what yields only them goes, a compound is replaced in place by its other parts.
create function tag_migration.without_tags(
  p_themes text[], p_yields uuid[], p_positions smallint[], p_tags uuid[],
  out themes text[], out yields uuid[], out positions smallint[]
)
language plpgsql stable set search_path = ''
as $$
declare
  v_gone smallint[];
  v_kept smallint[];
begin
  select array_agg(y.position) filter (where r.goes), array_agg(y.position) filter (where not r.goes) into v_gone, v_kept
  from unnest(p_yields, p_positions) as y (tag_id, position)
  join public.tags as t on t.id = y.tag_id
  cross join lateral (select coalesce(t.merged_into, t.id) = any (p_tags) as goes) as r;
  if v_gone is null then
    themes := p_themes;
    yields := p_yields;
    positions := p_positions;
    return;
  end if;
  if not coalesce(v_gone && v_kept, false) then
    -- No compound among them: what is left of the arrays moves up.
    themes := array(
      select e.raw from unnest(p_themes) with ordinality as e (raw, position) where e.position <> all (v_gone) order by e.position
    );
    select coalesce(array_agg(y.tag_id order by y.part), '{}'),
      coalesce(array_agg(
        (y.position - (select count(distinct g.position) from unnest(v_gone) as g (position) where g.position < y.position))::smallint
        order by y.part
      ), '{}')
    into yields, positions
    from unnest(p_yields, p_positions) with ordinality as y (tag_id, position, part) where y.position <> all (v_gone);
    return;
  end if;
  with part as (
    select y.position, y.part, y.tag_id, t.name, coalesce(t.merged_into, t.id) = any (p_tags) as goes
    from unnest(p_yields, p_positions) with ordinality as y (tag_id, position, part)
    join public.tags as t on t.id = y.tag_id
  ), piece as (
    select e.position, 0 as part, e.raw, null::uuid as tag_id, true as is_whole
    from unnest(p_themes) with ordinality as e (raw, position)
    where not exists (select from part as p where p.position = e.position and p.goes)
    union all
    select p.position, p.part, p.name, p.tag_id, false from part as p
    where not p.goes and exists (select from part as o where o.position = p.position and o.goes)
  ), placed as (
    select p.*, row_number() over (order by p.position, p.part) as place from piece as p
  ), yielded as (
    select p.place, h.part, h.tag_id from placed as p join part as h on p.is_whole and h.position = p.position
    union all
    select p.place, p.part, p.tag_id from placed as p where not p.is_whole
  )
  select coalesce((select array_agg(p.raw order by p.place) from placed as p), '{}'),
    coalesce((select array_agg(y.tag_id order by y.place, y.part) from yielded as y), '{}'),
    coalesce((select array_agg(y.place::smallint order by y.place, y.part) from yielded as y), '{}')
  into themes, yields, positions;
end
$$;

-- Writes what a song's state says. Also when its themes stay: the song's version says that something about it has changed.
create function tag_migration.put_themes(p_song uuid, p_themes text[]) returns void
language plpgsql set search_path = ''
as $$
begin
  perform set_config('tag_migration.engine', 'following', true);
  update public.songs as s set themes = p_themes where s.id = p_song;
  perform set_config('tag_migration.engine', '', true);
end
$$;

-- A person tagged a song: the tags' names are appended to its themes. Holds the song already.
create function tag_migration.append_tags(p_run tag_migration.run, p_song uuid, p_tags uuid[]) returns void
language plpgsql set search_path = '' set enable_seqscan = off
as $$
declare
  v_themes text[];
  v_held uuid[];
  v_is_synced boolean;
  v_tags uuid[];
  v_names text[];
begin
  select s.themes, st.yields || st.extra, st.song_id is not null into v_themes, v_held, v_is_synced
  from public.songs as s left join tag_migration.song_state as st on st.song_id = s.id where s.id = p_song;
  if v_is_synced then
    perform tag_migration.hold_tags(v_held);
  end if;
  select array_agg(n.tag_id order by n.place), array_agg(t.name order by n.place) into v_tags, v_names
  from unnest(p_tags) with ordinality as n (tag_id, place) join public.tags as t on t.id = n.tag_id
  where n.tag_id <> all (array(
    select coalesce(k.merged_into, k.id) from unnest(v_held) as h (tag_id) join public.tags as k on k.id = h.tag_id
  ));
  if v_tags is null then
    return;
  end if;
  if v_is_synced or p_run.id is not null then
    -- An array of several dimensions, or one that does not begin at 1, takes no element at its end.
    v_themes := array(select e.raw from unnest(v_themes) with ordinality as e (raw, position) order by e.position) || v_names;
  end if;
  if v_is_synced then
    update tag_migration.song_state as st
    set seen = v_themes, yields = st.yields || v_tags,
      yield_positions = st.yield_positions || array(
        select (cardinality(v_themes) - cardinality(v_tags) + n.place)::smallint
        from generate_series(1, cardinality(v_tags)) as n (place)
      )
    where st.song_id = p_song;
  end if;
  perform tag_migration.put_themes(p_song, v_themes);
end
$$;

-- A person untagged a song: its themes must not bring the tags back. Holds the song already.
create function tag_migration.remove_tags(p_run tag_migration.run, p_song uuid, p_tags uuid[]) returns void
language plpgsql set search_path = '' set enable_seqscan = off
as $$
declare
  v_themes text[];
  v_tags uuid[] := p_tags;
  v_yields uuid[];
  v_positions smallint[];
  v_extra uuid[];
  v_is_synced boolean;
begin
  select s.themes, st.song_id is not null, st.yields, st.yield_positions, st.extra
  into v_themes, v_is_synced, v_yields, v_positions, v_extra
  from public.songs as s left join tag_migration.song_state as st on st.song_id = s.id where s.id = p_song;
  if not found then
    -- The song itself is being deleted.
    return;
  end if;
  if v_is_synced then
    perform tag_migration.hold_tags(v_yields || v_extra);
    v_tags := array(
      select distinct r.tag_id from unnest(v_yields || v_extra) as u (tag_id) join public.tags as t on t.id = u.tag_id
      cross join lateral (select coalesce(t.merged_into, t.id) as tag_id) as r where r.tag_id = any (p_tags)
    );
    if v_tags = '{}' then
      return;
    end if;
  elsif p_run.id is not null then
    select array_agg(y.tag_id order by e.position, y.part), array_agg(e.position::smallint order by e.position, y.part)
    into v_yields, v_positions
    from unnest(v_themes) with ordinality as e (raw, position)
    join tag_migration.find_tags(p_run.id, p_run.plan_hash, array(
      select distinct o.raw from unnest(v_themes) as o (raw) where o.raw is not null
    )) as f on f.raw = e.raw
    cross join lateral unnest(f.tag_ids) with ordinality as y (tag_id, part);
  end if;
  select w.themes, w.yields, w.positions into v_themes, v_yields, v_positions
  from tag_migration.without_tags(v_themes, v_yields, v_positions, v_tags) as w;
  if v_is_synced then
    update tag_migration.song_state as st
    set seen = v_themes, yields = v_yields, yield_positions = v_positions,
      extra = array(
        select x.tag_id from unnest(st.extra) with ordinality as x (tag_id, place) join public.tags as t on t.id = x.tag_id
        where not coalesce(t.merged_into, t.id) = any (v_tags) order by x.place
      )
    where st.song_id = p_song;
  end if;
  perform tag_migration.put_themes(p_song, v_themes);
end
$$;

-- Links that the themes' side wrote agree with the state: nothing follows from them, and nobody asks.
create function tag_migration.follow_links() returns trigger
language plpgsql security definer set search_path = ''
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off
as $$
declare
  v_run tag_migration.run := tag_migration.standing_run();
  v_song uuid;
  v_tags uuid[];
begin
  for v_song, v_tags in
    select c.song_id, array_agg(c.tag_id order by c.place)
    from (select l.song_id, l.tag_id, row_number() over () as place from changed as l) as c
    group by c.song_id order by c.song_id
  loop
    if tg_op = 'INSERT' then
      perform tag_migration.append_tags(v_run, v_song, v_tags);
    else
      perform tag_migration.remove_tags(v_run, v_song, v_tags);
    end if;
  end loop;
  return null;
end
$$;
create trigger follow_new_links after insert on public.song_tags
  referencing new table as changed for each statement
  when (coalesce(current_setting('tag_migration.engine', true), '') not in ('on', 'following'))
  execute function tag_migration.follow_links();
create trigger follow_removed_links after delete on public.song_tags
  referencing old table as changed for each statement
  when (coalesce(current_setting('tag_migration.engine', true), '') not in ('on', 'following'))
  execute function tag_migration.follow_links();

-- A person's links before they are written: the song is held, since a batch locks songs, not links; a merged tag is its root.
create function tag_migration.prepare_link() returns trigger
language plpgsql security definer set search_path = ''
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off
as $$
declare
  v_root uuid;
  v_banned_at timestamptz;
  v_is_linked boolean;
begin
  perform from public.songs as s
    where s.id = case when tg_op = 'DELETE' then old.song_id else new.song_id end
    for no key update;
  if tg_op = 'DELETE' then
    -- Of a song that is being deleted nothing is to be derived, and its deletion must not wait for a merge that waits for it.
    if found then
      perform tag_migration.hold_tags(array[old.tag_id]);
    end if;
    return old;
  end if;
  loop
    perform tag_migration.hold_tags(array[new.tag_id]);
    select r.id, r.banned_at, exists (select from public.song_tags as l where l.song_id = new.song_id and l.tag_id = r.id)
    into v_root, v_banned_at, v_is_linked
    from public.tags as t join public.tags as r on r.id = coalesce(t.merged_into, t.id) where t.id = new.tag_id;
    exit when v_root = new.tag_id or v_root is null;
    -- Its root is held, too, and only then looked at: a merge may just be giving the song that very link.
    new.tag_id := v_root;
  end loop;
  if v_is_linked then
    return null;
  end if;
  -- A theme may yield it; then the state says so already.
  if v_banned_at is not null and not new.tag_id = any (tag_migration.roots_of(new.song_id)) then
    raise exception using errcode = '42501', message = 'This tag is banned.';
  end if;
  return new;
end
$$;
create trigger prepare_link before insert or delete on public.song_tags
  for each row when (coalesce(current_setting('tag_migration.engine', true), '') not in ('on', 'following'))
  execute function tag_migration.prepare_link();

-- A migration's own data is never refused, however long; nor is whoever makes an overlong array shorter.
create function tag_migration.limit_themes() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if cardinality(new.themes) > 100
    and (tg_op = 'INSERT' or cardinality(new.themes) > coalesce(cardinality(old.themes), 0))
    and (current_setting('role') = 'authenticated' or (tag_migration.standing_run()).id is not null)
  then
    raise exception using errcode = '23514',
      message = format('A song has at most 100 themes, and these are %s.', cardinality(new.themes));
  end if;
  return new;
end
$$;
create trigger limit_themes before insert or update of themes on public.songs
  for each row when (current_setting('tag_migration.engine', true) is distinct from 'on' and cardinality(new.themes) > 100)
  execute function tag_migration.limit_themes();
