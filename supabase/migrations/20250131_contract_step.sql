-- The contract step: the old column is archived, then dropped in one short lock, when a person says so. Nothing here runs by
-- itself, and all of it can be taken back.

-- kept → archiving → archived → dropped, and dropped → returning → kept. What was taken off the column is put back from here.
create table tag_migration.contract (
  is_only boolean not null default true,
  phase text not null default 'kept',
  cursor uuid,
  definitions text[] not null default '{}',
  worker text not null default '',
  changed_at timestamptz not null default now(),
  constraint contract_pkey primary key (is_only),
  constraint contract_one_row check (is_only),
  constraint contract_phase_known check (phase in ('kept', 'archiving', 'archived', 'dropped', 'returning'))
);
alter table tag_migration.contract enable row level security;
insert into tag_migration.contract default values;

create table tag_migration.archive (
  song_id uuid not null,
  themes text[],
  archived_at timestamptz not null default now(),
  constraint archive_pkey primary key (song_id)
);
alter table tag_migration.archive enable row level security;
comment on table tag_migration.archive is 'songs.themes as it was when the column was dropped.';

create table tag_migration.rehearsal (
  id bigint generated always as identity,
  at timestamptz not null default clock_timestamp(),
  songs bigint not null,
  differing bigint not null,
  report jsonb not null,
  worker text not null,
  constraint rehearsal_pkey primary key (id)
);
alter table tag_migration.rehearsal enable row level security;
comment on table tag_migration.rehearsal is 'Runs forward and back on a copy; none may have left a song that differs.';

-- A row a day and server process: writers that count must not wait for each other.
create table tag_migration.old_client_write (
  day date not null,
  backend integer not null,
  writes bigint not null,
  constraint old_client_write_pkey primary key (day, backend)
);
alter table tag_migration.old_client_write enable row level security;
comment on table tag_migration.old_client_write is 'Themes written by clients that do not know tags, while a run stands.';

create function tag_migration.count_old_client_writes(p_writes bigint) returns void
language plpgsql set search_path = ''
as $$
begin
  insert into tag_migration.old_client_write as w (day, backend, writes)
  select current_date, pg_backend_pid(), p_writes where p_writes > 0
  on conflict (day, backend) do update set writes = w.writes + excluded.writes;
end
$$;

create function public.tag_migration_record_rehearsal(p_songs bigint, p_differing bigint, p_report jsonb, p_worker text) returns void
language sql security definer set search_path = ''
as $$
  insert into tag_migration.rehearsal (songs, differing, report, worker) values (p_songs, p_differing, p_report, p_worker)
$$;

-- Songs, themes and links as they were before the runs that stand, for a rehearsal elsewhere. Themes as Postgres writes arrays.
create function public.tag_migration_copy(p_after uuid, p_limit integer default 5000) returns jsonb
language sql stable security definer set search_path = '' set enable_hashjoin = off set enable_mergejoin = off
as $$
  with place as materialized (
    select s.id, s.themes from tag_migration.song_themes as s where s.id > p_after order by s.id limit p_limit
  )
  select jsonb_build_object(
    'last', max(p.id::text),
    'songs', coalesce(jsonb_agg(jsonb_build_object(
      'id', p.id, 'themes', case when j.song_id is null then p.themes else j.themes end::text,
      'tags', case when j.song_id is null
        then array(select l.tag_id from public.song_tags as l where l.song_id = p.id)
        when j.tags_before = '{}' then '{}' else tag_migration.roots(j.tags_before) end
    ) order by p.id), '[]')
  )
  from place as p
  left join lateral (
    select j.song_id, j.themes, j.tags_before from tag_migration.journal as j
    where j.song_id = p.id and j.rolled_back_at is null and not j.is_born and j.forgotten_at is null and j.deleted_at is null
    limit 1
  ) as j on true
$$;

-- What the contract step still lacks. Whether every song is migrated and valid is asked song by song, by the caller.
create function public.tag_migration_contract_state(p_quiet_days integer) returns jsonb
language sql stable security definer set search_path = ''
as $$
  with quiet as (
    select coalesce(sum(w.writes), 0) as writes, max(w.day) as last_day from tag_migration.old_client_write as w
    where w.day > current_date - p_quiet_days
  ), standing as (
    select min(r.in_step_at) as in_step_at, coalesce(bool_or(r.status = 'complete'), false) as is_complete,
      coalesce(bool_or(r.status not in ('complete', 'cancelled')), false) as is_under_way
    from tag_migration.run as r where r.status <> 'rolled_back'
  ), drift as (
    select * from tag_migration.drift_round as d where d.is_complete order by d.round desc limit 1
  ), rehearsed as (
    select * from tag_migration.rehearsal as h order by h.id desc limit 1
  )
  select jsonb_build_object(
    'phase', (select c.phase from tag_migration.contract as c),
    'songs', (select count(*) from public.songs),
    'requirements', jsonb_build_array(
      jsonb_build_object('name', 'a run stands complete, and none is under way',
        'ok', s.is_complete and not s.is_under_way,
        'advice', 'Finish it with npm run migrate, or take it back.'),
      jsonb_build_object('name', 'the last round of drift checks is clean',
        'ok', coalesce((select d.is_clean from drift as d), false),
        'advice', 'Watch it once around with npm run validate -- --watch.'),
      jsonb_build_object('name', 'a rollback was rehearsed, without a difference',
        'ok', coalesce((select h.differing = 0 from rehearsed as h), false),
        'advice', 'Rehearse with npm run migrate -- --rehearse.'),
      jsonb_build_object('name', format('no old client has written themes for %s days', p_quiet_days),
        'ok', q.writes = 0 and coalesce(s.in_step_at <= now() - make_interval(days => p_quiet_days), false),
        'advice', case when q.writes > 0
          then format('They wrote %s songs, last on %s.', q.writes, q.last_day)
          else format('They are counted since %s.', coalesce(to_char(s.in_step_at at time zone 'utc', 'YYYY-MM-DD HH24:MI "UTC"'), 'a run stands')) end)
    )
  )
  from quiet as q cross join standing as s
$$;

-- Every write from now on reaches the archive by itself; so one walk over the songs completes it.
create function tag_migration.archive_written() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into tag_migration.archive (song_id, themes) select w.id, w.themes from written as w
  on conflict (song_id) do update set themes = excluded.themes, archived_at = now();
  return null;
end
$$;

create function tag_migration.enter_contract(p_phase text, p_worker text default null) returns jsonb
language sql set search_path = ''
as $$
  update tag_migration.contract as c
  set phase = p_phase, cursor = null, worker = coalesce(p_worker, c.worker), changed_at = clock_timestamp()
  returning jsonb_build_object('outcome', p_phase)
$$;

-- Takes songs for the length of the call, unless writers are under way: then the caller comes again.
create function tag_migration.take_songs() returns boolean
language plpgsql set search_path = ''
as $$
begin
  perform set_config('lock_timeout', '100ms', true);
  lock table public.songs in access exclusive mode;
  lock table public.song_tags in share row exclusive mode;
  return true;
exception when lock_not_available or deadlock_detected then
  return false;
end
$$;

-- One step towards the end: begins, archives some songs, drops. The answer's outcome is the phase reached, `writers` when the
-- table is in use just now, or `refused`.
create function public.tag_migration_finalize(p_quiet_days integer, p_worker text, p_limit integer default 5000) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_contract tag_migration.contract;
  v_state jsonb;
  v_last uuid;
  v_songs integer;
begin
  select * into v_contract from tag_migration.contract as c for update;
  -- Whoever wrote themes since the first step, or took a run back, ends it.
  v_state := public.tag_migration_contract_state(p_quiet_days);
  if v_contract.phase in ('returning', 'dropped') then
    return jsonb_build_object('outcome', v_contract.phase);
  end if;
  if jsonb_path_exists(v_state, '$.requirements[*] ? (@.ok == false)') then
    return jsonb_build_object('outcome', 'refused', 'requirements', v_state -> 'requirements');
  end if;
  if v_contract.phase = 'kept' then
    if not tag_migration.take_songs() then
      return jsonb_build_object('outcome', 'writers');
    end if;
    create trigger archive_added after insert on public.songs
      referencing new table as written for each statement execute function tag_migration.archive_written();
    create trigger archive_changed after update on public.songs
      referencing new table as written for each statement execute function tag_migration.archive_written();
    return tag_migration.enter_contract('archiving', p_worker);
  end if;
  if v_contract.phase = 'archiving' then
    with place as materialized (
      select s.id, s.themes from public.songs as s
      where s.id > coalesce(v_contract.cursor, '00000000-0000-0000-0000-000000000000') order by s.id limit p_limit
    ), kept as (
      insert into tag_migration.archive (song_id, themes) select p.id, p.themes from place as p on conflict (song_id) do nothing
    )
    select max(p.id::text)::uuid, count(*) into v_last, v_songs from place as p;
    if v_last is null then
      return tag_migration.enter_contract('archived');
    end if;
    update tag_migration.contract as c set cursor = v_last;
    return jsonb_build_object('outcome', 'archiving', 'songs', v_songs);
  end if;
  if not tag_migration.take_songs() then
    return jsonb_build_object('outcome', 'writers');
  end if;
  return tag_migration.drop_themes();
end
$$;

-- Takes the column away and everything that hangs on it, which it writes down first. Links then keep the state alone.
create function tag_migration.drop_themes() returns jsonb
language plpgsql set search_path = ''
as $$
declare
  v_definitions text[];
  v_trigger record;
begin
  select coalesce(array_agg(g.definition), '{}') into v_definitions
  from (
    select format('grant %s (themes) on public.songs to %I', lower(a.privilege_type), a.grantee::regrole) as definition
    from pg_catalog.pg_attribute as t cross join lateral pg_catalog.aclexplode(t.attacl) as a
    where t.attrelid = 'public.songs'::regclass and t.attname = 'themes' and a.grantee <> 0
    union all
    select format('comment on column public.songs.themes is %L', pg_catalog.col_description(t.attrelid, t.attnum))
    from pg_catalog.pg_attribute as t
    where t.attrelid = 'public.songs'::regclass and t.attname = 'themes'
      and pg_catalog.col_description(t.attrelid, t.attnum) is not null
  ) as g;
  for v_trigger in
    select t.tgname, pg_catalog.pg_get_triggerdef(t.oid) as definition
    from pg_catalog.pg_trigger as t
    where t.tgrelid = 'public.songs'::regclass and not t.tgisinternal and exists (
      select from pg_catalog.pg_depend as d
      join pg_catalog.pg_attribute as a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
      where d.classid = 'pg_catalog.pg_trigger'::regclass and d.objid = t.oid
        and d.refobjid = 'public.songs'::regclass and a.attname = 'themes'
    )
  loop
    v_definitions := v_definitions || v_trigger.definition;
    execute format('drop trigger %I on public.songs', v_trigger.tgname);
  end loop;
  drop trigger archive_added on public.songs;
  drop trigger archive_changed on public.songs;
  alter table public.songs
    disable trigger follow_themes, disable trigger follow_new_songs, enable trigger keep_new_songs;
  alter table public.song_tags
    disable trigger follow_new_links, disable trigger follow_removed_links,
    enable trigger keep_new_links, enable trigger keep_removed_links;
  create or replace view tag_migration.song_themes as
    select s.id, st.seen as themes
    from public.songs as s left join tag_migration.song_state as st on st.song_id = s.id;
  begin
    alter table public.songs drop column themes;
  exception when dependent_objects_still_exist then
    raise exception using errcode = '2BP01', message = 'Something of yours still needs songs.themes.', detail = sqlerrm,
      hint = 'Drop or change it first; the archive stands.';
  end;
  update tag_migration.contract as c set definitions = v_definitions;
  notify pgrst, 'reload schema';
  return tag_migration.enter_contract('dropped');
end
$$;

-- One step back: forgets an archive that was begun, or brings the column back from what the songs' states have seen, filled
-- beside before it is shown. The outcome is `kept` when it is there, `returning` or `writers` until then.
create function public.tag_migration_restore_themes(p_worker text, p_limit integer default 2000) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_contract tag_migration.contract;
  v_last uuid;
begin
  select * into v_contract from tag_migration.contract as c for update;
  if v_contract.phase = 'kept' then
    return jsonb_build_object('outcome', 'kept');
  end if;
  perform set_config('tag_migration.engine', 'on', true), set_config('tag_migration.keeps_version', 'on', true),
    set_config('lock_timeout', '200ms', true);
  if v_contract.phase = 'returning' then
    begin
      with place as materialized (
        select s.id from public.songs as s
        where s.id > coalesce(v_contract.cursor, '00000000-0000-0000-0000-000000000000')
        order by s.id limit p_limit for no key update of s
      )
      select max(p.id::text)::uuid into v_last from place as p;
      if v_last is not null then
        -- In a statement of its own, which sees what the lock protects.
        execute format(
          'update public.songs as s set %1$I = st.seen from tag_migration.song_state as st
            where s.id > $1 and s.id <= $2 and st.song_id = s.id and s.%1$I is distinct from st.seen',
          -- Named apart: the column is there only while it returns, and checkers of function bodies would miss it.
          'themes_returning'
        ) using coalesce(v_contract.cursor, '00000000-0000-0000-0000-000000000000'), v_last;
        update tag_migration.contract as c set cursor = v_last;
        return jsonb_build_object('outcome', 'returning');
      end if;
    exception when lock_not_available or deadlock_detected then
      return jsonb_build_object('outcome', 'writers');
    end;
  end if;
  if not tag_migration.take_songs() then
    return jsonb_build_object('outcome', 'writers');
  end if;
  if v_contract.phase = 'dropped' then
    alter table public.songs add column themes_returning text[];
    return tag_migration.enter_contract('returning', p_worker);
  end if;
  return tag_migration.show_themes(v_contract);
end
$$;

create function tag_migration.show_themes(p_contract tag_migration.contract) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  v_definition text;
begin
  if p_contract.phase = 'returning' then
    alter table public.songs rename column themes_returning to themes;
    foreach v_definition in array p_contract.definitions loop
      execute v_definition;
    end loop;
    create or replace view tag_migration.song_themes as
      select s.id, s.themes from public.songs as s;
    alter table public.songs
      enable trigger follow_themes, enable trigger follow_new_songs, disable trigger keep_new_songs;
    alter table public.song_tags
      enable trigger follow_new_links, enable trigger follow_removed_links,
      disable trigger keep_new_links, disable trigger keep_removed_links;
    notify pgrst, 'reload schema';
  else
    drop trigger archive_added on public.songs;
    drop trigger archive_changed on public.songs;
  end if;
  truncate tag_migration.archive;
  update tag_migration.contract as c set definitions = '{}';
  return tag_migration.enter_contract('kept');
end
$$;

-- After the contract step a link is followed by the state alone: what seen says is what themes would say.
create function tag_migration.keep_links() returns trigger
language plpgsql security definer set search_path = '' set enable_seqscan = off
as $$
declare
  v_is_returning boolean := (select c.phase = 'returning' from tag_migration.contract as c);
  v_song uuid;
  v_tags uuid[];
begin
  for v_song, v_tags in
    select c.song_id, array_agg(c.tag_id order by c.place)
    from (select l.song_id, l.tag_id, row_number() over () as place from changed as l) as c
    group by c.song_id order by c.song_id
  loop
    perform tag_migration.hold_tags(st.yields || st.extra) from tag_migration.song_state as st where st.song_id = v_song;
    if tg_op = 'INSERT' then
      update tag_migration.song_state as st
      set seen = w.seen, yields = st.yields || n.tags,
        yield_positions = st.yield_positions || array(
          select (cardinality(w.seen) - cardinality(n.tags) + p.place)::smallint from generate_series(1, cardinality(n.tags)) as p (place)
        )
      from (
        select array(
          select u.tag_id from unnest(v_tags) with ordinality as u (tag_id, place)
          where not u.tag_id = any (tag_migration.roots_of(v_song)) order by u.place
        ) as tags
      ) as n
      cross join lateral (
        select array(select e.raw from tag_migration.song_state as o cross join lateral unnest(o.seen) with ordinality as e (raw, position)
          where o.song_id = v_song order by e.position)
        || array(select t.name from unnest(n.tags) with ordinality as u (tag_id, place) join public.tags as t on t.id = u.tag_id
          order by u.place) as seen
      ) as w
      where st.song_id = v_song and n.tags <> '{}';
    else
      update tag_migration.song_state as st
      set seen = w.themes, yields = w.yields, yield_positions = w.positions,
        extra = array(
          select x.tag_id from unnest(st.extra) with ordinality as x (tag_id, place) join public.tags as t on t.id = x.tag_id
          where not coalesce(t.merged_into, t.id) = any (v_tags) order by x.place
        )
      from tag_migration.song_state as o
      cross join lateral tag_migration.without_tags(o.seen, o.yields, o.yield_positions, v_tags) as w
      where o.song_id = v_song and st.song_id = v_song;
    end if;
    if v_is_returning then
      execute 'update public.songs as s set themes_returning = st.seen from tag_migration.song_state as st
        where s.id = $1 and st.song_id = s.id' using v_song;
    else
      -- The song's version says that something about it has changed.
      update public.songs as s set updated_at = now() where s.id = v_song;
    end if;
  end loop;
  return null;
end
$$;
create trigger keep_new_links after insert on public.song_tags
  referencing new table as changed for each statement
  when (current_setting('tag_migration.engine', true) is distinct from 'on') execute function tag_migration.keep_links();
create trigger keep_removed_links after delete on public.song_tags
  referencing old table as changed for each statement
  when (current_setting('tag_migration.engine', true) is distinct from 'on') execute function tag_migration.keep_links();

create function tag_migration.keep_new_songs() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into tag_migration.song_state (song_id, seen, yields, yield_positions, extra)
  select a.id, null, '{}', '{}', '{}' from added as a;
  perform tag_migration.record_births(r.id, array(select a.id from added as a))
  from (
    select r.id from tag_migration.run as r where r.status <> 'rolled_back' order by r.started_at desc limit 1
  ) as r;
  return null;
end
$$;
create trigger keep_new_songs after insert on public.songs
  referencing new table as added for each statement
  when (current_setting('tag_migration.engine', true) is distinct from 'on') execute function tag_migration.keep_new_songs();
alter table public.songs disable trigger keep_new_songs;
alter table public.song_tags disable trigger keep_new_links, disable trigger keep_removed_links;

grant execute on function
  public.tag_migration_record_rehearsal(bigint, bigint, jsonb, text), public.tag_migration_copy(uuid, integer),
  public.tag_migration_contract_state(integer), public.tag_migration_finalize(integer, text, integer),
  public.tag_migration_restore_themes(text, integer)
to service_role;
