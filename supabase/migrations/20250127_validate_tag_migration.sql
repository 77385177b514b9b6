-- Verified, not assumed: every song, tag, batch and rollback recomputed from live data, stretch by stretch. Reads only.

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

grant execute on function
  public.tag_migration_coverage(uuid, uuid, integer), public.tag_migration_chunks(uuid, uuid, integer, integer),
  public.tag_migration_validate_songs(uuid, uuid, uuid, integer), public.tag_migration_validate_batches(uuid, bigint, integer),
  public.tag_migration_validate_tags(uuid, integer), public.tag_migration_validate_rollback(uuid, uuid, integer)
to service_role;
