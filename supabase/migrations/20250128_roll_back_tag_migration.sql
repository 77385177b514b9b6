-- The way back. songs.themes already carries everyone's edits, so the default leaves it alone and takes back the links that
-- the run made; exact restores the before-image of links and themes. Either may keep the batches up to one, or those finished
-- by a time. All of them end in the same state however often they run.

-- Begins a rollback, or takes up the one under way. The epoch rises, so that whoever worked on the run before is refused.
create function public.tag_migration_rollback_start(
  p_run uuid, p_exact boolean, p_worker text, p_to_batch bigint default null, p_to_time timestamptz default null
) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_run tag_migration.run;
  v_batches jsonb;
begin
  perform tag_migration.hold_batches();
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
  -- Shared, so that the column is not dropped between this look and the commit.
  if (select c.phase from tag_migration.contract as c for share) <> 'kept' then
    return jsonb_build_object('outcome', 'themes-away', 'run', tag_migration.describe(p_run));
  end if;
  if v_run.status = 'rolling_back' and (v_run.exact_rollback, v_run.rollback_to_batch, v_run.rollback_to_time)
    is distinct from (p_exact, p_to_batch, p_to_time) then
    return jsonb_build_object('outcome', 'other-mode', 'run', tag_migration.describe(p_run));
  end if;
  if v_run.status <> 'rolling_back' and (p_to_batch is not null or p_to_time is not null) then
    v_batches := tag_migration.rollback_batches(p_run, p_to_batch, p_to_time);
    if (v_batches ->> 'beyond')::bigint = 0 then
      return jsonb_build_object('outcome', 'nothing-beyond', 'run', tag_migration.describe(p_run)) || v_batches;
    end if;
  end if;
  begin
    update tag_migration.run as r
    set status = 'rolling_back', epoch = r.epoch + 1, worker = p_worker,
      exact_rollback = p_exact, rollback_to_batch = p_to_batch, rollback_to_time = p_to_time,
      rollbacks = r.rollbacks + case when v_run.status = 'rolling_back' then 0 else 1 end
    where r.id = p_run;
  exception when unique_violation then
    return jsonb_build_object('outcome', 'busy', 'run', (
      select tag_migration.describe(r.id) from tag_migration.run as r
      where r.status in ('preparing', 'running', 'paused', 'failed', 'validating', 'rolling_back') and r.id <> p_run
    ));
  end;
  -- What stood in the way may be mended: they are tried again.
  delete from tag_migration.rollback_error as e where e.run_id = p_run;
  return jsonb_build_object('outcome', 'started', 'run', tag_migration.describe(p_run));
end
$$;

-- The numbers of the run's standing batches, first and last, and how many of them a rollback to here would take back.
create function tag_migration.rollback_batches(p_run uuid, p_to_batch bigint, p_to_time timestamptz) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object(
    'first', min(b.number), 'last', max(b.number),
    'beyond', count(*) filter (where coalesce(b.number > p_to_batch, b.finished_at > p_to_time, true))
  )
  from tag_migration.batch as b where b.run_id = p_run and not b.is_rollback and b.rollback is null
$$;

-- A stretch of the run's songs that are still to be taken back, and how far it reaches; without an end when there is none.
create function tag_migration.rollback_window(
  p_run uuid, p_to_batch bigint, p_to_time timestamptz, p_after uuid, p_limit integer, out songs uuid[], out stretch_end uuid
)
language sql stable set search_path = '' set enable_seqscan = off
as $$
  with stretch as materialized (
    select j.song_id, j.is_born or j.reborn_at is not null as is_born, coalesce(j.batch > p_to_batch, b.finished_at > p_to_time, true) as is_beyond
    from tag_migration.journal as j
    left join tag_migration.batch as b on p_to_time is not null and b.number = j.batch
    where j.run_id = p_run and j.song_id > p_after and j.rolled_back_at is null
    -- Where most songs stay, few are found: the reading has a limit of its own.
    order by j.song_id limit case when p_to_batch is null and p_to_time is null then p_limit else greatest(p_limit, 10000) end
  ), chosen as materialized (
    select s.song_id from stretch as s
    -- Taken back in part the run goes on, and the songs born meanwhile stay in step.
    where s.is_beyond and not (s.is_born and (p_to_batch is not null or p_to_time is not null))
      and not exists (select from tag_migration.rollback_error as e where e.run_id = p_run and e.song_id = s.song_id)
    order by s.song_id limit p_limit
  )
  select array(select c.song_id from chosen as c order by c.song_id),
    coalesce(
      (select c.song_id from chosen as c order by c.song_id offset p_limit - 1 limit 1),
      (select s.song_id from stretch as s order by s.song_id desc limit 1)
    )
$$;

-- What of people's work an exact rollback of a song overwrites.
create function tag_migration.overwritten(
  p_song uuid, p_found text[], p_themes text[], p_tags_before uuid[], p_of_people uuid[], p_to_restore uuid[]
) returns jsonb
language sql stable set search_path = ''
as $$
  select coalesce(jsonb_agg(c.conflict), '[]') from (
    select jsonb_build_object('kind', 'themes-overwritten', 'songId', p_song, 'found', p_found, 'restored', p_themes) as conflict
    where p_found is distinct from p_themes
    union all
    select jsonb_build_object('kind', 'link-removed', 'songId', p_song, 'tag', t.name)
    from public.tags as t where t.id = any (p_of_people)
    union all
    select jsonb_build_object('kind', 'link-restored', 'songId', p_song, 'tag', t.name)
    from public.tags as t where t.id = any (p_to_restore)
    union all
    select jsonb_build_object('kind', 'link-lost', 'songId', p_song, 'tagId', u.id)
    from unnest(p_tags_before) as u (id) where not exists (select from public.tags as t where t.id = u.id)
  ) as c
$$;

-- Tags that a merge has, or ever had, to do with. Any other has always stood for itself alone.
create function tag_migration.ever_merged() returns uuid[]
language sql stable set search_path = ''
as $$
  select tag_migration.unmerged_tags() || array(
    select e.id from public.tags as t cross join lateral (values (t.id), (t.merged_into)) as e (id)
    where t.merged_into is not null
  )
$$;

-- What taking songs back means: the preview and the deed ask the same function, so the one foretells the other. A link is
-- the tag that it was made with, wherever merges have put it: which ones are kept is settled by these names, and the links
-- that a song then has are the roots of those.
create function tag_migration.way_back(p_run uuid, p_songs uuid[], p_exact boolean)
returns table (
  song_id uuid, themes text[], is_rewritten boolean, kept uuid[], to_remove uuid[], to_restore uuid[], conflicts jsonb
)
language sql stable set search_path = '' set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
  with merged as materialized (
    select tag_migration.ever_merged() as tags
  )
  select j.song_id, j.themes, p_exact and s.themes is distinct from j.themes, k.tags, r.to_remove, r.to_restore,
    case when p_exact and (s.themes is distinct from j.themes or j.tags_before <> '{}' or r.to_remove <> '{}')
      then tag_migration.overwritten(j.song_id, s.themes, j.themes, j.tags_before, array(
        -- Of two tags that are one by now the run may have linked one and a person the other: the link is the person's, too.
        select unnest(r.to_remove) except (
          select unnest(o.made) except select unnest(case when c.is_plain then p.tags else tag_migration.roots(p.tags) end)
        )
      ), r.to_restore)
      else '[]' end
  from unnest(p_songs) as w (id)
  join tag_migration.journal as j on j.song_id = w.id and j.run_id = p_run
  join tag_migration.song_themes as s on s.id = w.id
  left join tag_migration.song_state as st on st.song_id = w.id
  cross join lateral (
    select l.tags, coalesce(st.yields || st.extra, l.tags) as own
    from (select array(select l.tag_id from public.song_tags as l where l.song_id = w.id) as tags) as l
    offset 0
  ) as n
  -- Nearly no song has a tag that was ever merged; those of the others stand for themselves.
  cross join lateral (
    select not (n.tags || n.own || j.tags_before || j.linked) && (select m.tags from merged as m) as is_plain offset 0
  ) as c
  -- What the run added: what its plan made of the song's themes, as opposed to what was there.
  cross join lateral (
    select case when c.is_plain then j.linked else array(
      select y.tag_id from unnest(j.themes) as e (raw)
      join tag_migration.run_theme as t on t.run_id = p_run and t.raw_key = md5(e.raw) and t.raw = e.raw
      cross join lateral unnest(t.tag_ids) as y (tag_id)
      except select unnest(j.tags_before)
    ) end as tags
    offset 0
  ) as y
  cross join lateral (select array(select unnest(n.own) except select unnest(y.tags)) as tags offset 0) as p
  cross join lateral (select case when p_exact then j.tags_before else p.tags end as tags offset 0) as k
  cross join lateral (
    select case when c.is_plain then k.tags else tag_migration.roots(k.tags) end as kept,
      case when c.is_plain then y.tags else tag_migration.roots(y.tags) end as made
    offset 0
  ) as o
  cross join lateral (
    select
      case
        when p_exact then array(select unnest(n.tags) except select unnest(o.kept))
        else array((select unnest(n.tags) intersect select unnest(o.made)) except select unnest(o.kept))
      end as to_remove,
      case when p_exact and o.kept <> '{}'
        then array(select t.id from public.tags as t where t.id = any (o.kept) and not t.id = any (n.tags))
        else '{}' end as to_restore
    offset 0
  ) as r
  where not j.is_born and j.deleted_at is null
$$;

-- What must be recorded of a song's tags before its state goes: all those of a link that merges have a part in.
create function tag_migration.own_links(p_song uuid, p_tags uuid[])
returns table (tag_id uuid, created_by uuid, created_at timestamptz)
language sql stable set search_path = ''
as $$
  select n.id, l.created_by, coalesce(l.created_at, now())
  from (
    select t.id, coalesce(t.merged_into, t.id) as root,
      bool_or(t.merged_into is not null) over (partition by coalesce(t.merged_into, t.id)) as is_shared
    from public.tags as t where t.id = any (p_tags)
  ) as n
  left join public.song_tags as l on l.song_id = p_song and l.tag_id = n.root
  where n.is_shared
$$;

-- One batch of the way back: locks, links, themes, state, conflicts and the batch row, in one transaction or not at all.
create function public.tag_migration_rollback_batch(
  p_run uuid, p_epoch integer, p_limit integer, p_after uuid, p_worker text default ''
) returns jsonb
language plpgsql security definer set search_path = '' set enable_seqscan = off
as $$
declare
  v_started timestamptz := clock_timestamp();
  v_run tag_migration.run;
  v_window uuid[];
  v_window_end uuid;
  v_ids uuid[];
  v_gone uuid[];
  v_answer jsonb;
  v_state text;
  v_message text;
begin
  if not tag_migration.is_current(p_run, p_epoch, array['rolling_back']) then
    return tag_migration.fenced(p_run);
  end if;
  select * into v_run from tag_migration.run as r where r.id = p_run;
  perform set_config('lock_timeout', '200ms', true), set_config('tag_migration.engine', 'on', true);

  select w.songs, w.stretch_end into v_window, v_window_end
  from tag_migration.rollback_window(p_run, v_run.rollback_to_batch, v_run.rollback_to_time, p_after, p_limit) as w;
  if v_window_end is null then
    return jsonb_build_object('outcome', 'end');
  end if;

  begin
    v_ids := array(
      select s.id from public.songs as s where s.id = any (v_window) order by s.id for no key update of s skip locked
    );
    -- A song that is gone has nothing to take back; its record stays. What came under its id later is another run's.
    v_gone := array(
      select w.id from unnest(v_window) as w (id) where not exists (select from public.songs as s where s.id = w.id)
      union all
      select j.song_id from tag_migration.journal as j
      where j.run_id = p_run and j.song_id = any (v_ids) and j.deleted_at is not null and j.reborn_at is null
    );
    v_ids := array(select unnest(v_ids) except select unnest(v_gone) order by 1);
    -- A merge under way changes what a link is; whoever reads links for good waits for it, and it waits for them.
    perform tag_migration.hold_tags(array(
      select unnest(j.tags_before || j.linked || st.yields || st.extra)
      from tag_migration.journal as j left join tag_migration.song_state as st on st.song_id = j.song_id
      where j.run_id = p_run and j.song_id = any (v_ids)
    ));

    with entry as materialized (
      select b.* from tag_migration.way_back(p_run, v_ids, v_run.exact_rollback) as b
    ), removed as (
      delete from public.song_tags as l
      using (select e.song_id, r.tag_id from entry as e cross join lateral unnest(e.to_remove) as r (tag_id)) as d
      where l.song_id = d.song_id and l.tag_id = d.tag_id
      returning l.tag_id
    ), restored as (
      insert into public.song_tags (song_id, tag_id, created_by)
      select e.song_id, r.tag_id, null from entry as e cross join lateral unnest(e.to_restore) as r (tag_id)
      returning tag_id
    ), rewritten as (
      update public.songs as s set themes = e.themes from entry as e
      where e.is_rewritten and s.id = e.song_id
      returning s.id
    ), kept as (
      select e.song_id, e.kept as tags from entry as e
      union all
      -- Songs that were born meanwhile keep all that they have.
      select st.song_id, st.yields || st.extra
      from tag_migration.song_state as st
      join tag_migration.journal as j
        on j.song_id = st.song_id and j.run_id = p_run and (j.is_born or j.reborn_at is not null)
      where st.song_id = any (v_ids)
    ), owned as (
      insert into tag_migration.own_link (song_id, tag_id, created_by, created_at)
      select k.song_id, o.tag_id, o.created_by, o.created_at
      from kept as k cross join lateral tag_migration.own_links(k.song_id, k.tags) as o
      where (select exists (select from public.tags as m where m.merged_into is not null))
      on conflict do nothing
    ), stateless as (
      delete from tag_migration.song_state as st where st.song_id = any (v_ids)
    ), marked as (
      update tag_migration.journal as j set rolled_back_at = clock_timestamp()
      where j.run_id = p_run
        and (
          j.song_id = any (v_ids)
          -- Not one that has come back since it was looked at.
          or j.song_id = any (v_gone) and j.reborn_at is null and (j.deleted_at is not null or not j.is_born)
        )
    ), met as (
      insert into tag_migration.rollback_conflict (run_id, rollback, song_id, conflict)
      select p_run, v_run.rollbacks, e.song_id, c.value
      from entry as e cross join lateral jsonb_array_elements(e.conflicts) as c (value)
    ), usage as (
      select coalesce(array_agg(u.tag_id), '{}') as tags, coalesce(array_agg(u.links), '{}') as deltas
      from (
        select d.tag_id, sum(d.links)::integer as links
        from (select r.tag_id, -1 as links from removed as r union all select r.tag_id, 1 from restored as r) as d
        group by d.tag_id
      ) as u
    ), recorded as (
      insert into tag_migration.batch (
        number, run_id, is_rollback, rollback, epoch, worker, first_song, last_song, songs, themes, links, checksum,
        usage_tags, usage_deltas, duration_ms
      )
      select nextval('tag_migration.batch_number'), p_run, true, v_run.rollbacks, p_epoch, p_worker, v_window[1], v_window_end,
        (select count(*) from entry), (select count(*) from rewritten), (select count(*) from removed),
        sha256(convert_to(array_to_string(v_ids, ','), 'UTF8')), u.tags, u.deltas,
        extract(epoch from clock_timestamp() - v_started) * 1000
      from usage as u where cardinality(v_ids) > 0
    )
    select jsonb_build_object(
      'outcome', 'done', 'songs', (select count(*) from entry), 'links', (select count(*) from removed),
      'skipped', cardinality(v_window) - cardinality(v_ids) - cardinality(v_gone), 'last', v_window_end
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

-- Puts a song aside that cannot be taken back even alone, so that the others go.
create function public.tag_migration_rollback_put_aside(
  p_run uuid, p_epoch integer, p_song uuid, p_sqlstate text, p_message text, p_attempts integer
) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  if not tag_migration.is_current(p_run, p_epoch, array['rolling_back']) then
    return tag_migration.fenced(p_run);
  end if;
  insert into tag_migration.rollback_error (run_id, song_id, sqlstate, message, attempts)
  values (p_run, p_song, p_sqlstate, left(p_message, 1000), p_attempts)
  on conflict (run_id, song_id) do nothing;
  return jsonb_build_object('outcome', 'put-aside');
end
$$;

create function public.tag_migration_rollback_errors(p_run uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'songId', e.song_id, 'sqlstate', e.sqlstate, 'message', e.message, 'attempts', e.attempts
  ) order by e.song_id), '[]')
  from (select * from tag_migration.rollback_error as e where e.run_id = p_run order by e.song_id limit 1000) as e
$$;

-- A page of what the run's latest rollback met, all of its sessions together.
create function public.tag_migration_rollback_conflicts(p_run uuid, p_after bigint default 0, p_limit integer default 1000)
returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('last', max(c.id), 'conflicts', coalesce(jsonb_agg(c.conflict order by c.id), '[]'))
  from (
    select c.id, c.conflict from tag_migration.run as r
    join tag_migration.rollback_conflict as c on c.run_id = r.id and c.rollback = r.rollbacks
    where r.id = p_run and c.id > p_after
    order by c.id limit p_limit
  ) as c
$$;

-- What a rollback would do to a stretch of songs. Reads only.
create function public.tag_migration_rollback_preview(
  p_run uuid, p_exact boolean, p_after uuid, p_limit integer default 5000,
  p_to_batch bigint default null, p_to_time timestamptz default null
) returns jsonb
language sql stable security definer set search_path = ''
as $$
  with stretch as materialized (
    select w.songs, w.stretch_end from tag_migration.rollback_window(p_run, p_to_batch, p_to_time, p_after, p_limit) as w
  ), entry as materialized (
    select b.* from tag_migration.way_back(p_run, (select s.songs from stretch as s), p_exact) as b
  ), change as materialized (
    select r.tag_id, -1 as links from entry as e cross join lateral unnest(e.to_remove) as r (tag_id)
    union all
    select r.tag_id, 1 from entry as e cross join lateral unnest(e.to_restore) as r (tag_id)
  )
  select jsonb_build_object(
    'last', (select s.stretch_end from stretch as s),
    'songs', (select count(*) from entry),
    'links', (select count(*) from change as c where c.links = -1),
    'conflicts', (
      select coalesce(jsonb_agg(c.value order by e.song_id), '[]')
      from entry as e cross join lateral jsonb_array_elements(e.conflicts) as c (value)
    ),
    -- Of the tags that the run made only: which of them nobody will use then.
    'tagLinks', (
      select coalesce(jsonb_object_agg(d.tag_id, d.links), '{}')
      from (
        select c.tag_id, sum(c.links) as links
        from change as c join tag_migration.run_tag as t on t.run_id = p_run and t.tag_id = c.tag_id
        group by c.tag_id
      ) as d
    )
  )
$$;

-- A stretch of the tags that the run made, with today's links and every other reason why a rollback would keep them.
create function tag_migration.judge_tags(p_run uuid, p_tags uuid[])
returns table (tag_id uuid, name text, links bigint, reason text)
language sql stable set search_path = ''
as $$
  with elsewhere as materialized (
    select distinct u.tag_id from tag_migration.run as r
    join tag_migration.run_theme as o on o.run_id = r.id cross join lateral unnest(o.tag_ids) as u (tag_id)
    where r.id <> p_run and r.status <> 'rolled_back' and u.tag_id = any (p_tags)
  )
  select t.id, t.name, (select count(*) from public.song_tags as l where l.tag_id = t.id),
    case
      -- Other songs' records name it: taking those back later must find it.
      when exists (select from elsewhere as e where e.tag_id = t.id) then 'used by another run'
      when t.name is distinct from m.name then 'renamed'
      when t.merged_into is not null or exists (select from public.tags as o where o.merged_into = t.id) then 'merged'
      when t.banned_at is not null then 'banned'
      when t.is_standard then 'promoted'
      when exists (select from public.tag_synonyms as y where y.tag_id = t.id) then 'synonyms added'
    end
  from tag_migration.run_tag as m join public.tags as t on t.id = m.tag_id
  where m.run_id = p_run and m.tag_id = any (p_tags)
$$;

-- What would become of a stretch of the run's tags once its songs are taken back: `links` without those that go then.
create function public.tag_migration_rollback_preview_tags(p_run uuid, p_after uuid, p_limit integer default 200) returns jsonb
language sql stable security definer set search_path = ''
as $$
  with stretch as materialized (
    select m.tag_id from tag_migration.run_tag as m
    where m.run_id = p_run and m.tag_id > p_after and m.removed_at is null order by m.tag_id limit p_limit
  )
  select jsonb_build_object(
    'last', (select max(s.tag_id::text) from stretch as s),
    'tags', (
      select coalesce(jsonb_agg(jsonb_build_object('id', g.tag_id, 'name', g.name, 'links', g.links, 'reason', g.reason)), '[]')
      from tag_migration.judge_tags(p_run, array(select s.tag_id from stretch as s)) as g
    )
  )
$$;

-- Removes, some a call, the tags that the run made and that nobody uses or changed. The others are kept, each with its reason.
create function public.tag_migration_rollback_tags(p_run uuid, p_epoch integer, p_after uuid, p_limit integer default 1000)
returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_stretch uuid[];
  v_tags uuid[];
  v_tag uuid;
  v_free uuid[];
  v_removed uuid[] := '{}'::uuid[];
  v_stuck jsonb := '{}'::jsonb;
  v_state text;
begin
  if not tag_migration.is_current(p_run, p_epoch, array['rolling_back']) then
    return tag_migration.fenced(p_run);
  end if;
  perform set_config('lock_timeout', '200ms', true);
  v_stretch := array(
    select m.tag_id from tag_migration.run_tag as m
    where m.run_id = p_run and m.tag_id > p_after and m.removed_at is null order by m.tag_id limit p_limit
  );
  -- Whoever links a tag, names a synonym for it or merges it holds its row, or waits for this call; then it is judged.
  v_tags := array(
    select t.id from public.tags as t where t.id = any (v_stretch) order by t.id for update of t skip locked
  );
  v_free := array(
    select g.tag_id from tag_migration.judge_tags(p_run, v_tags) as g where g.links = 0 and g.reason is null
  );
  begin
    delete from public.tags as t where t.id = any (v_free);
    v_removed := v_free;
  exception when query_canceled or assert_failure or others then
    -- Somebody's trigger or foreign key: one by one, so that it keeps only the tags that it means.
    foreach v_tag in array v_free loop
      begin
        delete from public.tags as t where t.id = v_tag;
        v_removed := v_removed || v_tag;
      exception when query_canceled or assert_failure or others then
        get stacked diagnostics v_state = message_text;
        v_stuck := v_stuck || jsonb_build_object(v_tag, 'it could not be removed: ' || left(v_state, 200));
      end;
    end loop;
  end;
  update tag_migration.run_tag as m set removed_at = clock_timestamp()
  where m.run_id = p_run and m.tag_id = any (v_removed);

  -- Judged again by a later session, a tag is listed as it was found last.
  delete from tag_migration.rollback_conflict as c using tag_migration.run as r
  where r.id = p_run and c.run_id = r.id and c.rollback = r.rollbacks and c.tag_id = any (v_stretch);
  insert into tag_migration.rollback_conflict (run_id, rollback, tag_id, conflict)
  select r.id, r.rollbacks, g.tag_id, jsonb_build_object('kind', 'tag-kept', 'tag', g.name, 'reason',
    case when g.links > 0 and g.reason is distinct from 'used by another run' then 'linked'
      else coalesce(g.reason, v_stuck ->> g.tag_id::text) end)
  from tag_migration.run as r cross join lateral tag_migration.judge_tags(p_run, v_tags) as g
  where r.id = p_run
  order by g.name collate "C";
  -- The last of the runs that use it removes it.
  insert into tag_migration.run_tag (run_id, tag_id, name, is_inherited)
  select distinct r.id, m.tag_id, m.name, true
  from tag_migration.run_tag as m
  join tag_migration.run as r on r.id <> p_run and r.status <> 'rolled_back'
  join tag_migration.run_theme as o on o.run_id = r.id and o.tag_ids @> array[m.tag_id]
  where m.run_id = p_run and m.tag_id = any (v_tags) and m.removed_at is null
  on conflict (run_id, tag_id) do nothing;

  return jsonb_build_object(
    'outcome', 'done', 'last', v_stretch[cardinality(v_stretch)],
    'skipped', (
      select count(*) from public.tags as t where t.id = any (v_stretch) and not t.id = any (v_tags)
    )
  );
end
$$;

-- Ends a rollback: a whole one for good, one to an earlier batch as a run that can go on.
create function public.tag_migration_rollback_finish(p_run uuid, p_epoch integer) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_run tag_migration.run;
begin
  perform tag_migration.hold_batches();
  select * into v_run from tag_migration.run as r where r.id = p_run and r.epoch = p_epoch for update;
  -- Ended already in this epoch: only the answer was lost.
  if v_run.status in ('rolled_back', 'paused') then
    return jsonb_build_object('outcome', 'moved', 'run', tag_migration.describe(p_run));
  end if;
  if v_run.status is distinct from 'rolling_back' then
    return tag_migration.fenced(p_run);
  end if;
  if exists (select from tag_migration.rollback_error as e where e.run_id = p_run) then
    return jsonb_build_object('outcome', 'songs-left', 'run', tag_migration.describe(p_run));
  end if;
  if v_run.rollback_to_batch is null and v_run.rollback_to_time is null then
    -- Nobody who still knows of the run may be under way: the songs that they add are synced, and would stay so for ever.
    perform set_config('lock_timeout', '100ms', true);
    begin
      lock table public.songs in share row exclusive mode;
    exception when lock_not_available then
      return jsonb_build_object('outcome', 'writers', 'run', tag_migration.describe(p_run));
    end;
    with born as (
      update tag_migration.journal as j set rolled_back_at = clock_timestamp()
      where j.run_id = p_run and (j.is_born or j.reborn_at is not null) and j.rolled_back_at is null returning j.song_id
    ), owned as (
      insert into tag_migration.own_link (song_id, tag_id, created_by, created_at)
      select st.song_id, o.tag_id, o.created_by, o.created_at
      from born as b join tag_migration.song_state as st on st.song_id = b.song_id
      cross join lateral tag_migration.own_links(st.song_id, st.yields || st.extra) as o
      on conflict do nothing
    )
    delete from tag_migration.song_state as st using born as b where st.song_id = b.song_id;
    update tag_migration.run as r set status = 'rolled_back', rolled_back_at = clock_timestamp() where r.id = p_run;
  else
    update tag_migration.batch as b set rollback = v_run.rollbacks
    where b.run_id = p_run and not b.is_rollback and b.rollback is null
      and coalesce(b.number > v_run.rollback_to_batch, b.finished_at > v_run.rollback_to_time);
    -- Nothing is left of the batches that they had records of, and they stay in step.
    perform tag_migration.record_births(p_run, array(
      select j.song_id from tag_migration.journal as j join tag_migration.batch as b on b.number = j.batch
      where j.run_id = p_run and j.reborn_at is not null and j.rolled_back_at is null and b.rollback is not null
    ));
    update tag_migration.run as r
    set status = 'paused', exact_rollback = null, rollback_to_batch = null, rollback_to_time = null,
      certificate = null, finished_at = null
    where r.id = p_run;
  end if;
  return jsonb_build_object('outcome', 'moved', 'run', tag_migration.describe(p_run));
end
$$;

grant execute on function
  public.tag_migration_rollback_start(uuid, boolean, text, bigint, timestamptz),
  public.tag_migration_rollback_batch(uuid, integer, integer, uuid, text),
  public.tag_migration_rollback_put_aside(uuid, integer, uuid, text, text, integer),
  public.tag_migration_rollback_errors(uuid), public.tag_migration_rollback_conflicts(uuid, bigint, integer),
  public.tag_migration_rollback_preview(uuid, boolean, uuid, integer, bigint, timestamptz),
  public.tag_migration_rollback_preview_tags(uuid, uuid, integer),
  public.tag_migration_rollback_tags(uuid, integer, uuid, integer), public.tag_migration_rollback_finish(uuid, integer)
to service_role;
