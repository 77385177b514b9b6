-- Verified, not assumed: every song, record, tag, batch and rollback recomputed from live data, stretch by stretch. Reads only.
-- Stretches are ranges of ids that bound every table in it, so that primary keys are merged: look-ups song by song cost
-- twice as much, and under a guess of one row for a narrow range Postgres would choose them.

-- The tags that these stand for today, each once, in order; those that are gone are left out.
create function tag_migration.roots(p_tags uuid[]) returns uuid[]
language sql stable set search_path = ''
as $$
  select array(
    select distinct coalesce(t.merged_into, t.id) as id from public.tags as t where t.id = any (p_tags) order by id
  )
$$;

-- Tags that a merge which was undone had to do with, and those that they stand for today: what led to one of them then may
-- lead to another now.
create function tag_migration.unmerged_tags() returns uuid[]
language sql stable set search_path = ''
as $$
  select u.ids || tag_migration.roots(u.ids)
  from (
    select array(
      select e.id from public.tag_moderation_log as l
      cross join lateral (values (l.tag_id), ((l.details ->> 'from')::uuid)) as e (id)
      where l.action = 'unmerge' and e.id is not null
    ) as ids
  ) as u
$$;

-- Whether a record agrees with itself and the run's plan although its tags are not, one by one, those of the plan: because
-- tags were merged or renamed since. p_themes and p_names are not looked at when the before-image was erased.
create function tag_migration.record_holds(
  p_run uuid, p_themes text[], p_is_forgotten boolean, p_tags_before uuid[], p_linked uuid[], p_names text[]
) returns boolean
-- Called song by song, so by look-ups: whoever calls it has switched them off, and then it reads whole tables.
language sql stable set search_path = ''
set enable_nestloop = on set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off
as $$
  with tag as materialized (
    select tag_migration.roots(p_tags_before || p_linked) as roots, tag_migration.roots(p_linked) as linked
  ), plan as materialized (
    select tag_migration.roots(array(
      select y.tag_id from unnest(p_themes) as e (raw)
      join tag_migration.run_theme as t on t.run_id = p_run and t.raw_key = md5(e.raw) and t.raw = e.raw
      cross join lateral unnest(t.tag_ids) as y (tag_id)
    )) as roots
  ), astray as (
    select from unnest(p_names) as n (name)
    join public.tag_names as k on k.normalized_name = n.name
    join public.tags as t on t.id = k.tag_id
    left join public.tag_synonyms as y on k.is_synonym and y.normalized_name = k.normalized_name
    cross join tag
    where coalesce(t.merged_into, t.id) <> all (tag.roots)
      -- A name that was given up and taken by another tag since says nothing about then.
      and coalesce(y.created_at, t.created_at) <= (select r.started_at from tag_migration.run as r where r.id = p_run)
      and not array[t.id, t.merged_into] && tag_migration.unmerged_tags()
  ), amiss as (
    select from tag cross join plan as p
    cross join lateral unnest(
      array(select unnest(tag.linked) except select unnest(p.roots)) || array(select unnest(p.roots) except select unnest(tag.roots))
    ) as d (tag_id)
    where d.tag_id <> all (tag_migration.unmerged_tags())
  )
  select not exists (select from astray) and (p_is_forgotten or not exists (select from amiss))
    -- Tags that were one when the batch came had one name, and all but one of them were merged then.
    and (
      p_is_forgotten or cardinality(p_tags_before || p_linked) = cardinality(p_names)
      or cardinality(p_tags_before || p_linked) - cardinality(p_names) between 0 and (
        select count(*) from public.tags as t
        where t.id = any (p_tags_before) and (t.merged_into is not null or t.id = any (tag_migration.unmerged_tags()))
      )
    )
$$;

-- Whether yields that are not the plan's follow from the same themes all the same: people may have taken a theme away and
-- brought it back, and then its name decided.
create function tag_migration.yields_hold(p_themes text[], p_yields uuid[], p_positions smallint[]) returns boolean
language sql stable set search_path = ''
set enable_nestloop = on set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off
as $$
  with element as materialized (
    select e.raw, array(
      select y.tag_id from unnest(p_yields, p_positions) with ordinality as y (tag_id, position, part)
      where y.position = e.position order by y.part
    ) as tags
    from unnest(p_themes) with ordinality as e (raw, position)
  )
  select not exists (select from unnest(p_positions) as y (position) where y.position not between 1 and coalesce(cardinality(p_themes), 0))
    and not exists (
      select from element as e
      where not (
        case when e.raw is null then e.tags = '{}' else
          exists (
            select from tag_migration.run_theme as t join tag_migration.run as r on r.id = t.run_id
            where r.status <> 'rolled_back' and t.raw_key = md5(e.raw) and t.raw = e.raw and t.tag_ids = e.tags
          )
          or e.tags = '{}' and (char_length(e.raw) > 50 or public.is_blank_tag_name(e.raw))
          or cardinality(e.tags) = 1 and exists (
            select from public.tag_names as k
            where k.normalized_name = public.normalize_tag_name(tag_migration.tidy_name(e.raw))
              and (
                tag_migration.roots(array[k.tag_id]) = tag_migration.roots(e.tags)
                or (k.tag_id || e.tags) && tag_migration.unmerged_tags()
              )
          )
        end
      )
    )
$$;

-- Songs as they are now, whatever run did them: the state has seen the themes (I1), the links are the roots of what the state
-- yields (I2), and a record says what the song was before. By ids in order, so that indexes are read along, however far
-- apart these lie.
create function tag_migration.judge_live(p_songs uuid[]) returns jsonb
language sql stable set search_path = '' set enable_nestloop = off set work_mem = '64MB'
as $$
  with merged as materialized (
    select array(
      select t.id from public.tags as t
      where t.merged_into is not null and exists (select from public.song_tags as l where l.tag_id = t.id)
    ) as linked
  ), pruned as materialized (
    select exists (select from tag_migration.run as r where r.pruned_at is not null and r.status <> 'rolled_back') as is_any
  ), link as (
    select l.song_id, array_agg(l.tag_id order by l.tag_id) as tags from public.song_tags as l
    where l.song_id = any (p_songs)
    group by l.song_id
  ), record as (
    select distinct j.song_id from tag_migration.journal as j
    where j.song_id = any (p_songs) and j.rolled_back_at is null
      -- An array leaves them in the index's order, which a join would not.
      and j.run_id = any (array(select r.id from tag_migration.run as r))
      -- What a batch recorded was not born.
      and not (j.is_born and exists (select from tag_migration.batch as b where b.number = j.batch))
  ), song as (
    -- The offset keeps each expression from being computed wherever it is looked at.
    select s.id, st.song_id is not null as is_done, st.seen is not distinct from s.themes as state_ok,
      coalesce(l.tags, '{}') as tags, st.yields || st.extra as wanted, r.song_id is not null as has_record
    from tag_migration.song_themes as s
    left join tag_migration.song_state as st on st.song_id = s.id and st.song_id = any (p_songs)
    left join link as l on l.song_id = s.id
    left join record as r on r.song_id = s.id
    where s.id = any (p_songs)
    offset 0
  ), judged as (
    select s.id, s.is_done, s.state_ok, cardinality(s.tags) as links,
      -- Of hardly any song a tag is merged, and then the two are equal as they stand.
      not s.is_done
        or s.tags <@ s.wanted and (cardinality(s.tags) = cardinality(s.wanted) or s.tags @> s.wanted)
          and not s.tags && (select m.linked from merged as m)
        or s.tags = tag_migration.roots(s.wanted) as links_ok,
      s.has_record or (select p.is_any from pruned as p) as record_ok
    from song as s
    offset 0
  ), total as materialized (
    -- One pass: what is found wrong is kept, and nothing else.
    select count(*) as songs, sum(g.links) as links,
      array_agg(g.id order by g.id) filter (where not g.is_done) as undone,
      array_agg(jsonb_build_object(
        'songId', g.id, 'stateMatches', g.state_ok, 'linksMatch', g.links_ok, 'recordExists', g.record_ok
      ) order by g.id) filter (where g.is_done and not (g.state_ok and g.links_ok and g.record_ok)) as differences
    from judged as g
  ), undone as materialized (
    select u.id, u.id in (
      select q.song_id from tag_migration.quarantine as q join tag_migration.run as r on r.id = q.run_id
      where r.status <> 'rolled_back'
    ) as is_quarantined
    from total as t cross join lateral unnest(t.undone) as u (id)
  )
  select jsonb_build_object(
    'songs', t.songs,
    'links', coalesce(t.links, 0),
    'undone', (select count(*) from undone),
    'quarantined', (select count(*) from undone as u where u.is_quarantined),
    'undoneSongs', (
      select coalesce(jsonb_agg(u.id order by u.id), '[]')
      from (select u.id from undone as u where not u.is_quarantined order by u.id limit 100) as u
    ),
    'differing', coalesce(cardinality(t.differences), 0),
    'differences', to_jsonb(coalesce(t.differences[:1000], '{}'))
  )
  from total as t
$$;

-- Every song of a stretch as it is now. p_limit songs, or up to p_until.
create function public.tag_migration_validate_live(
  p_after uuid, p_until uuid default 'ffffffff-ffff-ffff-ffff-ffffffffffff', p_limit integer default 20000
) returns jsonb
language sql stable security definer set search_path = ''
as $$
  with stretch as materialized (
    select array(
      select s.id from public.songs as s where s.id > p_after and s.id <= p_until order by s.id limit p_limit
    ) as songs
  )
  select tag_migration.judge_live(s.songs) || jsonb_build_object('last', s.songs[p_limit]) from stretch as s
$$;

-- The last song of each chunk of so many songs of the run, so that chunks can be validated side by side. With p_place, how many
-- chunks end with p_after, batches are believed what they counted: whoever is given so many other songs in a chunk asks without.
create function public.tag_migration_chunks(
  p_run uuid, p_after uuid, p_chunk integer, p_chunks integer, p_place integer default null
) returns jsonb
-- Along the primary key. A batch tells the planner nothing of rolled_back_at and is_born, and until autovacuum comes by it takes
-- nearly all rows for filtered out: then it would read and sort all of the journal for each chunk.
language plpgsql stable security definer
set search_path = '' set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off set jit = off
as $$
declare
  v_last uuid := p_after;
  v_ends uuid[];
begin
  -- Where batches follow each other and none was taken back, only those are read in which a chunk ends: one record in twenty.
  -- No batch has so many songs that reading it takes long.
  with batch as materialized (
    select b.first_song, b.songs, sum(b.songs) over o - b.songs as before,
      not b.is_rollback and b.rollback is null and b.songs <= 10000
        and (b.first_song > lag(b.last_song) over o) is not false as is_plain
    from tag_migration.batch as b join tag_migration.run as r on r.id = b.run_id
    where r.id = p_run and r.pruned_at is null and p_place is not null
    window o as (order by b.first_song, b.number)
  )
  select array_agg(e.song_id order by e.rank) into v_ends
  from (
    select k.rank, (
      select j.song_id from tag_migration.journal as j
      where j.run_id = p_run and j.song_id >= b.first_song and j.rolled_back_at is null and not j.is_born
      order by j.song_id offset k.rank - b.before - 1 limit 1
    ) as song_id
    from (select n.place * p_chunk as rank from generate_series(p_place + 1::bigint, p_place + p_chunks) as n (place)) as k
    join batch as b on b.before < k.rank and k.rank <= b.before + b.songs
    where (select bool_and(b.is_plain) from batch as b)
  ) as e;
  if v_ends is not null then
    return to_jsonb(array_remove(v_ends, null));
  end if;

  v_ends := '{}';
  -- From one end to the next: numbering all rows costs twice as much.
  while v_last is not null and cardinality(v_ends) < p_chunks loop
    v_last := (
      select j.song_id from tag_migration.journal as j
      where j.run_id = p_run and j.song_id > v_last and j.rolled_back_at is null and not j.is_born
      order by j.song_id offset p_chunk - 1 limit 1
    );
    v_ends := v_ends || v_last;
  end loop;
  return to_jsonb(array_remove(v_ends, null));
end
$$;

-- Themes of a stretch of migrated songs that are too long for a tag and that no plan told of: people wrote them since. Reads only.
create function public.tag_migration_long_themes(p_after uuid, p_limit integer default 20000) returns jsonb
language sql stable security definer set search_path = ''
as $$
  with plain as materialized (
    select array_agg(n.position::smallint order by n.position) as positions from generate_series(1, 100) as n (position)
  ), stretch as materialized (
    select st.song_id, st.seen, st.yield_positions from tag_migration.song_state as st
    where st.song_id > p_after order by st.song_id limit p_limit
  ), idle as materialized (
    select s.song_id, e.position, e.raw
    from stretch as s
    cross join lateral unnest(s.seen) with ordinality as e (raw, position)
    -- Of nearly every song each theme yields one tag, and then there is none to look at.
    where s.yield_positions is distinct from (select p.positions from plain as p)[1 : cardinality(s.seen)]
      and char_length(e.raw) > 50 and e.position <> all (s.yield_positions)
      and char_length(tag_migration.tidy_name(e.raw)) > 50 and not public.is_blank_tag_name(e.raw)
  ), untold as materialized (
    select i.* from idle as i
    where not exists (
      select from tag_migration.run as r
      join tag_migration.plan_theme as p on p.plan_hash = r.plan_hash and p.raw_key = md5(i.raw) and p.raw = i.raw
      left join tag_migration.journal as j on j.run_id = r.id and j.song_id = i.song_id and j.rolled_back_at is null
      where r.status <> 'rolled_back' and not coalesce(j.is_born, false)
        and case when j.song_id is null then r.pruned_at is not null else j.forgotten_at is not null or i.raw = any (j.themes) end
    )
  )
  select jsonb_build_object(
    'last', (select max(s.song_id::text) from stretch as s),
    'count', (select count(*) from untold),
    'themes', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'songId', u.song_id, 'position', u.position, 'length', char_length(u.raw), 'begin', left(u.raw, 40)
      ) order by u.song_id, u.position), '[]')
      from (select * from untold as u order by u.song_id, u.position limit 100) as u
    )
  )
$$;

-- The run's records of a stretch: each against its line, its plan and, where nobody edited it, its song. Leaves count songs
-- by rank, so a stretch must begin where tag_migration_chunks says. They are made of the recorded lines alone, deleted songs
-- included: what people do later changes no certificate.
-- Where this is the only run that stands, nearly every song of a stretch has a record of it and is read for that anyhow: it is
-- looked at as it is now, too, and tag_migration.judge_live looks at those that are not plainly in order or have no record.
-- `live` is null when that was not done, or when they are many: then tag_migration_validate_live has to walk the stretch. So it
-- has to after the last chunk, where any number of songs may follow.
create function public.tag_migration_validate_songs(p_run uuid, p_after uuid, p_until uuid) returns jsonb
-- Each connection plans it once, since reading and planning so long a query took an eighth of each call. So the plan must suit
-- any size: no table is read as a whole, however small it is then. Unsorted rows are grouped by hashes, which leaves each
-- group in their order. Where a sort cannot be avoided, its cost would have each call compiled.
language plpgsql stable security definer
set search_path = '' set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_nestloop = off
set enable_sort = off set work_mem = '64MB' set jit = off set client_encoding = 'UTF8'
as $$
begin
  return (
    with joint as materialized (
      select p_until < 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid
        and not exists (select from tag_migration.run as r where r.id <> p_run and r.status <> 'rolled_back') as is_live
    ), merged as materialized (
      select m.linked, cardinality(m.linked) > 0 as is_any
      from (
        select array(
          select t.id from public.tags as t
          where t.merged_into is not null and exists (select from public.song_tags as l where l.tag_id = t.id)
        ) as linked
      ) as m
    ), plain as materialized (
      select array_agg(n.position::smallint order by n.position) as positions from generate_series(1, 100) as n (position)
    ), name as materialized (
      select k.normalized_name, k.tag_id, k.is_synonym, t.merged_into is not null as is_merged
      from public.tag_names as k join public.tags as t on t.id = k.tag_id
    ), renamed as materialized (
      -- Where the batch found no tags, names run beside the tags that it linked. Reading the records once more costs less than
      -- keeping all of each for a second look.
      select distinct m.song_id
      from (
        select j.song_id,
          unnest(case when cardinality(j.tags_before) = 0 then j.linked else j.tags_before || j.linked end) as tag_id,
          unnest(j.names) as name
        from tag_migration.journal as j
        where j.run_id = p_run and j.song_id > p_after and j.song_id <= p_until and j.rolled_back_at is null and not j.is_born
      ) as m
      where not exists (
        select from name as k
        -- Hashed by the tag alone, which has one such name: hashing each name, too, costs more than comparing the two.
        where k.tag_id = m.tag_id and k.normalized_name is not distinct from m.name and not k.is_synonym and not k.is_merged
      )
    ), changed_name as materialized (
      select n.song_id, k.tag_id, k.tag_id <> all (n.tags_before || n.linked) as is_astray, k.is_synonym, k.is_merged
      from (
        select j.song_id, j.tags_before, j.linked, unnest(j.names) as name from tag_migration.journal as j
        where j.song_id = any (array(select r.song_id from renamed as r)) and j.run_id = p_run
      ) as n
      join name as k on k.normalized_name = n.name
      where k.is_synonym or k.is_merged or k.tag_id <> all (n.tags_before || n.linked)
    ), not_one_by_one as materialized (
      -- Of nearly every song each theme yields one tag, and then themes run beside the tags.
      select distinct m.song_id
      from (
        select st.song_id, unnest(st.seen) as raw,
          unnest(case when st.yield_positions = (select p.positions from plain as p)[1 : cardinality(st.seen)] then st.yields end) as tag_id
        from tag_migration.song_state as st where st.song_id > p_after and st.song_id <= p_until
      ) as m
      where not exists (
        select from (
          -- The offset takes each tag out of its array once, not for every theme that is looked up.
          select t.raw, t.tag_ids[1] as tag_id from tag_migration.run_theme as t
          where t.run_id = p_run and cardinality(t.tag_ids) = 1
          offset 0
        ) as t
        -- Not =, by which it would be hashed, too.
        where t.raw = m.raw and t.tag_id is not distinct from m.tag_id and m.tag_id is not null
      )
    ), otherwise_yielded as materialized (
      -- Resolved afresh from the themes, not from what the batch wrote: what each theme leads to is what stands at its position, and
      -- nothing else does.
      select m.song_id
      from (
        select o.song_id, o.yields, o.positions, o.position, coalesce(t.tag_ids, '{}') as tag_ids,
          array_position(o.positions, o.position) as first
        from (
          select st.song_id, st.yields, st.yield_positions as positions,
            unnest(st.seen) as raw, generate_series(1, cardinality(st.seen))::smallint as position
          from tag_migration.song_state as st where st.song_id = any (array(select o.song_id from not_one_by_one as o))
        ) as o
        left join tag_migration.run_theme as t on t.run_id = p_run and t.raw = o.raw
      ) as m
      group by m.song_id
      having sum(cardinality(m.tag_ids)) <> max(cardinality(m.yields)) or not bool_and(coalesce(case cardinality(m.tag_ids)
        when 0 then m.first is null
        when 1 then m.yields[m.first] = m.tag_ids[1]
        else m.yields[m.first : m.first + cardinality(m.tag_ids) - 1] = m.tag_ids
          and m.positions[m.first : m.first + cardinality(m.tag_ids) - 1] = array_fill(m.position, array[cardinality(m.tag_ids)])
      end, false))
    ), link as (
      select l.song_id, array_agg(l.tag_id order by l.tag_id) as tags from public.song_tags as l
      where l.song_id > p_after and l.song_id <= p_until and (select t.is_live from joint as t)
      group by l.song_id
    ), entry as (
      select j.song_id, j.themes, j.tags_before, j.linked, j.names, j.line_hash, st.yields, st.yield_positions as positions, st.extra,
        s.id is not null as has_song, j.deleted_at is not null as is_deleted, j.forgotten_at is not null as is_forgotten,
        s.id is not null and j.deleted_at is null and s.themes is not distinct from j.themes as has_its_themes,
        s.id is null or st.song_id is not null as state_ok, st.seen is not distinct from j.themes as saw_them,
        s.themes as themes_now, st.seen, coalesce(l.tags, '{}') as tags,
        case when cardinality(st.extra) = 0 then st.yields else st.yields || st.extra end as wanted,
        tag_migration.canonical_line(j.song_id, j.themes, j.names) as line,
        j.batch in (
          select b.number from tag_migration.batch as b join tag_migration.run as r on r.id = b.run_id
          where r.id = p_run and not b.is_rollback and (b.rollback is null or r.status = 'rolling_back')
        ) as has_batch,
        -- A song may come back under its id, out of a backup; the standing run's record, or this one, tells of it.
        case when j.deleted_at is null then s.id is not null and j.forgotten_at is null
          else s.id is null or j.reborn_at is not null or exists (
            select from tag_migration.journal as o
            where o.song_id = j.song_id and o.run_id <> p_run and (o.is_born or o.reborn_at is not null)
          ) end as song_ok
      from tag_migration.journal as j
      left join tag_migration.song_themes as s on s.id = j.song_id and s.id > p_after and s.id <= p_until
      left join tag_migration.song_state as st on st.song_id = j.song_id and st.song_id > p_after and st.song_id <= p_until
      left join link as l on l.song_id = j.song_id
      where j.run_id = p_run and j.song_id > p_after and j.song_id <= p_until and j.rolled_back_at is null and not j.is_born
      order by j.song_id
      -- Here and below it keeps each expression from being computed wherever it is looked at.
      offset 0
    ), judged as (
      select e.song_id, e.line, e.has_song, e.has_its_themes,
        case when e.has_song then coalesce(
          case when e.has_its_themes then e.saw_them else e.seen is not distinct from e.themes_now end
            and e.tags <@ e.wanted and (cardinality(e.tags) = cardinality(e.wanted) or e.wanted <@ e.tags)
            and (not (select m.is_any from merged as m) or not e.tags && (select m.linked from merged as m)), false
        ) end as is_in_order,
        e.is_deleted, e.is_forgotten, e.song_ok, e.state_ok,
        e.has_song and not e.is_deleted and (
          not e.has_its_themes
          or (cardinality(e.tags_before) > 0 or cardinality(e.extra) > 0)
            and tag_migration.roots(e.yields || e.extra) <> tag_migration.roots(e.tags_before || e.linked)
        ) as is_edited,
        (e.is_forgotten or sha256(e.line) = e.line_hash) and e.has_batch as line_ok,
        (cardinality(e.tags_before) = 0 or not e.tags_before && e.linked)
          and (
            cardinality(e.names) = cardinality(e.tags_before) + cardinality(e.linked) and e.has_its_themes and coalesce(
              e.linked <@ e.yields and (cardinality(e.linked) = cardinality(e.yields) or e.yields <@ (e.tags_before || e.linked)), false
            ) and e.song_id <> all (array(select c.song_id from changed_name as c where c.is_astray))
            -- People edit many songs and change few tags: names that stand as they were and the plan's own tags say enough, and
            -- the function that judges a record costs a millisecond.
            or e.song_id not in (select r.song_id from renamed as r) and (
              select e.linked <@ p.tags and p.tags <@ (e.tags_before || e.linked)
              from (
                select array(
                  select unnest((
                    select t.tag_ids from tag_migration.run_theme as t
                    where t.run_id = p_run and t.raw_key = md5(m.raw) and t.raw = m.raw
                  )) from unnest(e.themes) as m (raw)
                ) as tags
                offset 0
              ) as p
            )
            or tag_migration.record_holds(p_run, e.themes, e.is_forgotten, e.tags_before, e.linked, e.names)
          ) as record_ok,
        not e.has_its_themes
          or e.saw_them and (cardinality(e.themes) > 0 or cardinality(e.yields) = 0)
            and e.song_id not in (select o.song_id from otherwise_yielded as o)
          or coalesce(tag_migration.yields_hold(e.themes, e.yields, e.positions), false) as yields_ok
      from entry as e
      order by e.song_id
      offset 0
    ), noted as (
      select g.song_id, g.line, g.is_in_order, g.is_edited, g.is_deleted, g.is_forgotten,
        case when not (g.song_ok and g.state_ok and g.line_ok and g.record_ok and g.yields_ok) then jsonb_build_object(
          'songId', g.song_id, 'songExists', g.has_song, 'edited', g.has_song and not g.has_its_themes,
          'lineMatches', g.line_ok, 'recordMatches', g.record_ok, 'themesAccountedFor', g.yields_ok,
          'stateExists', g.state_ok, 'deletionMatches', g.song_ok
        ) end as difference
      from judged as g
    ), leaf as materialized (
      -- One pass: beside the lines, what is found wrong is kept, and nothing else. A leaf's lines at a time, not those of all.
      select r.leaf, encode(sha256(string_agg(r.line, null)), 'hex') as hash,
        count(*) as songs, count(*) filter (where r.is_edited) as edited, count(*) filter (where r.is_deleted) as deleted,
        count(*) filter (where r.is_forgotten) as forgotten, count(*) filter (where r.is_in_order) as in_order,
        array_agg(r.song_id) filter (where not r.is_in_order) as doubtful,
        array_agg(r.difference) filter (where r.difference is not null) as differences
      from (select n.*, (row_number() over () - 1) / 1000 as leaf from noted as n) as r
      group by r.leaf
    ), total as materialized (
      select coalesce(sum(l.songs), 0)::bigint as songs, coalesce(sum(l.edited), 0)::bigint as edited,
        coalesce(sum(l.deleted), 0)::bigint as deleted, coalesce(sum(l.forgotten), 0)::bigint as forgotten,
        coalesce(sum(l.in_order), 0)::bigint as in_order, jsonb_agg(l.hash order by l.leaf) as leaves,
        array(select unnest(l.doubtful) from leaf as l order by l.leaf) as doubtful,
        array(select unnest(l.differences) from leaf as l order by l.leaf) as differences
      from leaf as l
    ), doubtful as materialized (
      -- Songs that may be out of order, or of which the run has no record; and a few more, where those are many.
      select case when (select t.is_live from joint as t) then array(
        select d.song_id from total as t cross join lateral unnest(t.doubtful) as d (song_id)
        union all
        (
          select s.id from public.songs as s
          where s.id > p_after and s.id <= p_until
            -- Counting costs less, and nearly always says that there is none.
            and (select count(*) from public.songs as c where c.id > p_after and c.id <= p_until)
              > (select t.in_order + cardinality(t.doubtful) from total as t)
            and not exists (
              select from tag_migration.journal as j
              where j.run_id = p_run and j.song_id = s.id and j.song_id > p_after and j.song_id <= p_until
                and j.rolled_back_at is null and not j.is_born
            )
          order by s.id limit 1001
        )
        limit 1001
      ) end as songs
    )
    select jsonb_build_object(
      'songs', t.songs, 'edited', t.edited, 'deleted', t.deleted, 'forgotten', t.forgotten,
      'renamed', (select coalesce(jsonb_agg(distinct c.tag_id), '[]') from changed_name as c where c.is_synonym),
      'merged', (select coalesce(jsonb_agg(distinct c.tag_id), '[]') from changed_name as c where c.is_merged),
      'leaves', coalesce(t.leaves, '[]'),
      'live', (
        select case cardinality(d.songs)
          when 0 then '{"undone": 0, "quarantined": 0, "differing": 0, "differences": []}'::jsonb
          else tag_migration.judge_live(array(select u.id from unnest(d.songs) as u (id) order by u.id))
        end
        from doubtful as d where cardinality(d.songs) <= 1000
      ),
      'differing', cardinality(t.differences), 'differences', to_jsonb(t.differences[:1000])
    )
    from total as t
  );
end
$$;

-- Compares a stretch of the run's batches with their journal rows: the record itself must not have changed. In the order of
-- their first songs, since batches that lie side by side share one scan of the journal.
create function public.tag_migration_validate_batches(
  p_run uuid, p_after uuid default '00000000-0000-0000-0000-000000000000', p_number bigint default 0,
  p_until uuid default 'ffffffff-ffff-ffff-ffff-ffffffffffff', p_songs integer default 200000
) returns jsonb
-- Unsorted rows are grouped by hashes, which leaves each group in their order. Where a sort cannot be avoided, its cost
-- would have each call compiled.
language sql stable security definer set search_path = '' set enable_nestloop = off set enable_sort = off set work_mem = '64MB' set jit = off
as $$
  with following as (
    select b.*, sum(b.songs) over (order by b.first_song, b.number) - b.songs as before
    from (
      select b.* from tag_migration.batch as b
      -- Not those that were taken back to an earlier batch: their songs' records were renewed when they were migrated again.
      where b.run_id = p_run and not b.is_rollback and b.rollback is null
        and (b.first_song, b.number) > (p_after, p_number) and b.first_song <= p_until
      order by b.first_song, b.number limit 500
    ) as b
  ), stretch as materialized (
    select f.number, f.first_song, f.last_song, f.songs, f.themes, f.links, f.checksum,
      -- Expanded in the select list, which keeps them nowhere.
      f.links = (select coalesce(sum(u.links), 0) from (select unnest(f.usage_deltas) as links) as u) as usage_ok
    from following as f where f.before < p_songs
  ), entry as not materialized (
    select j.song_id, j.batch, j.line_hash, cardinality(j.themes) as themes, cardinality(j.linked) as links,
      j.forgotten_at is not null as is_forgotten
    from tag_migration.journal as j
    where j.run_id = p_run and not j.is_born
      and j.song_id >= (select s.first_song from stretch as s order by s.first_song limit 1)
      and j.song_id <= (select s.last_song from stretch as s order by s.last_song desc limit 1)
    -- The primary key's order; grouped by hashes they stay in it.
    order by j.song_id
    offset 0
  ), counted as materialized (
    -- By number alone: joined with its batch, each row would be compared with both ends.
    select e.batch as number, count(*) as songs, coalesce(sum(e.themes), 0) as themes, sum(e.links) as links,
      bool_or(e.is_forgotten) as has_forgotten, sha256(string_agg(e.line_hash, null)) as checksum, array_agg(e.song_id) as ids
    from entry as e
    group by e.batch
  ), unordered as materialized (
    select s.number from stretch as s join counted as c on c.number = s.number where c.checksum <> s.checksum
  ), ordered as materialized (
    -- Equal checksums say that the order was right, too. Of the others this one decides; mostly there is none to read the journal for.
    select e.batch, sha256(string_agg(e.line_hash, null order by e.song_id)) as checksum
    from entry as e
    where (select count(*) from unordered) > 0 and e.batch = any (array(select u.number from unordered as u))
    group by e.batch
  ), compared as materialized (
    select s.number, s.usage_ok and s.songs = c.songs and s.links = c.links and (s.themes = c.themes or c.has_forgotten)
      and s.checksum = coalesce(o.checksum, c.checksum) and c.ids[1] = s.first_song and c.ids[c.songs] = s.last_song as ok
    from stretch as s left join counted as c on c.number = s.number left join ordered as o on o.batch = s.number
  )
  select jsonb_build_object(
    -- Where the next one begins, if there is any.
    'last', (
      select jsonb_build_object('song', s.first_song, 'number', s.number)
      from stretch as s
      where (select count(*) from following) = 500 or exists (select from following as f where f.before >= p_songs)
      order by s.first_song desc, s.number desc limit 1
    ),
    'batches', (select count(*) from compared),
    'differing', (select coalesce(jsonb_agg(c.number order by c.number), '[]') from compared as c where c.ok is not true)
  )
$$;

-- Counts the links of a stretch of tags against usage_count and what batches have yet to add to it. A stretch ends after so
-- many links, because one tag may have more than a thousand others; they lie everywhere, so that a stretch costs far more
-- a link than all tags in one.
create function public.tag_migration_validate_tags(
  p_after uuid default '00000000-0000-0000-0000-000000000000', p_links integer default 1000000
) returns jsonb
-- One process: the lanes keep the others busy.
language sql stable security definer set search_path = '' set enable_nestloop = off set max_parallel_workers_per_gather = 0
as $$
  with following as (
    select t.id, t.name, t.normalized_name, t.usage_count,
      sum(greatest(t.usage_count, 0)) over (order by t.id) - greatest(t.usage_count, 0) as before,
      sum(greatest(t.usage_count, 0)) over () as links
    from (select t.* from public.tags as t where t.id > p_after order by t.id limit 5000) as t
  ), stretch as materialized (
    select f.id, f.name, f.normalized_name, f.usage_count from following as f
    where f.before < p_links
      -- Three times as many, if these are all.
      or f.links <= 3 * p_links::bigint and not exists (select from public.tags as t where t.id <= p_after)
        and (select count(*) from public.tags as t) <= 5000
  ), bound as materialized (
    select s.id as last, not exists (select from public.tags as t where t.id <= p_after or t.id > s.id) as is_whole
    from stretch as s order by s.id desc limit 1
  ), link as materialized (
    -- Of a range the planner takes too few links for granted, and would look each up.
    select l.tag_id, count(*) as links from public.song_tags as l
    where (select b.is_whole from bound as b)
    group by l.tag_id
    union all
    select l.tag_id, count(*) as links from public.song_tags as l
    where l.tag_id > p_after and l.tag_id <= (select b.last from bound as b where not b.is_whole)
    group by l.tag_id
  ), unfolded as materialized (
    select u.tag_id, sum(u.links) as links
    from (
      select n.tag_id, n.links
      from tag_migration.batch as b cross join lateral unnest(b.usage_tags, b.usage_deltas) as n (tag_id, links)
      where not b.is_folded
      union all
      select o.tag_id, o.links from tag_migration.usage_owed as o
    ) as u
    group by u.tag_id
  ), counted as materialized (
    select s.id, s.name, s.usage_count, coalesce(l.links, 0) as links, coalesce(u.links, 0) as unfolded,
      k.tag_id is not null as is_registered
    from stretch as s
    left join link as l on l.tag_id = s.id
    left join unfolded as u on u.tag_id = s.id
    left join public.tag_names as k
      on k.normalized_name = s.normalized_name and k.tag_id = s.id and not k.is_synonym
  ), difference as materialized (
    select * from counted as c where c.usage_count + c.unfolded <> c.links or not c.is_registered
  )
  select jsonb_build_object(
    'last', (select b.last from bound as b),
    'tags', (select count(*) from stretch),
    'links', (select coalesce(sum(c.links), 0) from counted as c),
    'differing', (select count(*) from difference),
    'differences', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'tagId', d.id, 'tag', d.name, 'usageCount', d.usage_count, 'links', d.links
      )), '[]')
      from (select * from difference as d order by d.id limit 1000) as d
    )
  )
$$;

-- What a finished rollback must have left: no state, no link that the run made and, after an exact one, the before-images.
create function public.tag_migration_validate_rollback(p_run uuid, p_after uuid, p_limit integer default 5000) returns jsonb
language sql stable security definer set search_path = ''
as $$
  with entry as materialized (
    select j.song_id, j.themes, j.tags_before, j.linked, j.forgotten_at is not null as is_forgotten,
      -- A later run may have migrated it again.
      exists (
        select from tag_migration.journal as o where o.song_id = j.song_id and o.run_id <> p_run and o.rolled_back_at is null
      ) as is_anothers
    from tag_migration.journal as j
    where j.run_id = p_run and j.song_id > p_after and j.rolled_back_at is not null and not j.is_born
      and j.deleted_at is null
    order by j.song_id limit p_limit
  ), judged as materialized (
    select e.song_id, not e.is_forgotten and s.themes is distinct from e.themes as themes_differ,
      not e.is_anothers
        and exists (
          select from public.song_tags as l
          left join lateral (
            select o.tag_id from tag_migration.own_link as o join public.tags as t on t.id = o.tag_id
            where o.song_id = l.song_id and coalesce(t.merged_into, t.id) = l.tag_id
          ) as o on true
          -- By the tag that it was made with: a person may have linked what the run's tag was merged into.
          where l.song_id = e.song_id and coalesce(o.tag_id, l.tag_id) <> all (e.tags_before)
            and coalesce(o.tag_id, l.tag_id) in (
              select y.tag_id from unnest(e.themes) as m (raw)
              join tag_migration.run_theme as p on p.run_id = p_run and p.raw_key = md5(m.raw) and p.raw = m.raw
              cross join lateral unnest(p.tag_ids) as y (tag_id)
              union all
              select u.tag_id from unnest(e.linked) as u (tag_id) where e.is_forgotten
            )
        ) as link_left,
      not e.is_anothers
        and exists (select from tag_migration.song_state as st where st.song_id = e.song_id) as state_left
    from entry as e join tag_migration.song_themes as s on s.id = e.song_id
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

-- The runs, newest first, some a call: those before a run in that order.
create function public.tag_migration_runs(p_before uuid default null, p_limit integer default 20) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(tag_migration.describe(r.id) order by r.started_at desc, r.id desc), '[]')
  from (
    select r.id, r.started_at from tag_migration.run as r
    where p_before is null
      or (r.started_at, r.id) < (select b.started_at, b.id from tag_migration.run as b where b.id = p_before)
    order by r.started_at desc, r.id desc limit p_limit
  ) as r
$$;

-- What drift checks found: small ones that follow each other around all songs and tags, whoever asks for the next.
create table tag_migration.drift_check (
  id bigint generated always as identity,
  at timestamptz not null default clock_timestamp(),
  -- Once around all songs and all tags; a stretch without an end is the last of its round.
  round bigint not null,
  songs integer not null,
  last_song uuid,
  unsynced integer not null,
  differing integer not null,
  tags integer not null,
  last_tag uuid,
  tags_differing integer not null,
  is_clean boolean not null,
  constraint drift_check_pkey primary key (id)
);
alter table tag_migration.drift_check enable row level security;
create index drift_check_at_idx on tag_migration.drift_check (at);
comment on column tag_migration.drift_check.unsynced is 'Songs without a state and not in quarantine; while a run is under way they are only not done yet.';
comment on column tag_migration.drift_check.differing is 'Songs whose state or links do not follow their themes, or that no record knows.';

create view tag_migration.drift_round as
  select c.round, min(c.at) as started_at, max(c.at) as ended_at, sum(c.songs) as songs, sum(c.tags) as tags,
    bool_or(c.last_song is null) and bool_or(c.last_tag is null) as is_complete, bool_and(c.is_clean) as is_clean
  from tag_migration.drift_check as c group by c.round;
comment on view tag_migration.drift_round is 'For the contract step: the last complete round must be clean.';

-- Checks the next stretch of songs and tags and records what it found. Rounds follow each other without end.
create function public.tag_migration_check_drift(p_songs integer default 5000, p_links integer default 50000) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_first constant uuid := '00000000-0000-0000-0000-000000000000'::uuid;
  v_before tag_migration.drift_check;
  v_is_new boolean;
  v_live jsonb := '{"songs": 0, "undone": 0, "quarantined": 0, "differing": 0, "differences": []}'::jsonb;
  v_tags jsonb := '{"tags": 0, "differing": 0, "differences": []}'::jsonb;
  v_unsynced integer;
  v_is_expected boolean;
  v_row tag_migration.drift_check;
begin
  -- Two at once would only repeat each other.
  perform pg_advisory_xact_lock(hashtextextended('tag_migration.drift_check', 0));
  select * into v_before from tag_migration.drift_check as c order by c.id desc limit 1;
  v_is_new := v_before.id is null or v_before.last_song is null and v_before.last_tag is null;
  if v_is_new or v_before.last_song is not null then
    v_live := public.tag_migration_validate_live(
      case when v_is_new then v_first else v_before.last_song end, p_limit => p_songs
    );
  end if;
  if v_is_new or v_before.last_tag is not null then
    v_tags := public.tag_migration_validate_tags(case when v_is_new then v_first else v_before.last_tag end, p_links);
  end if;
  v_unsynced := (v_live ->> 'undone')::integer - (v_live ->> 'quarantined')::integer;
  -- Before a run and while one is under way, songs have no state yet.
  v_is_expected := not exists (select from tag_migration.run as r where r.status = 'complete')
    or exists (select from tag_migration.run as r where r.status not in ('complete', 'rolled_back'));
  delete from tag_migration.drift_check as c where c.at < now() - interval '180 days';
  insert into tag_migration.drift_check (
    round, songs, last_song, unsynced, differing, tags, last_tag, tags_differing, is_clean
  ) values (
    coalesce(v_before.round, 0) + v_is_new::integer, (v_live ->> 'songs')::integer, (v_live ->> 'last')::uuid, v_unsynced,
    (v_live ->> 'differing')::integer, (v_tags ->> 'tags')::integer, (v_tags ->> 'last')::uuid,
    (v_tags ->> 'differing')::integer,
    v_live -> 'differing' = '0' and v_tags -> 'differing' = '0' and (v_unsynced = 0 or v_is_expected)
  ) returning * into v_row;
  return jsonb_build_object(
    'at', v_row.at, 'round', v_row.round, 'isClean', v_row.is_clean,
    'isRoundComplete', v_row.last_song is null and v_row.last_tag is null,
    'songs', v_row.songs, 'unsynced', v_row.unsynced, 'isUnderWay', v_is_expected,
    'unsyncedSongs', case when v_unsynced > 0 and not v_is_expected then v_live -> 'undoneSongs' else '[]' end,
    'differing', v_row.differing, 'differences', v_live -> 'differences',
    'tags', v_row.tags, 'tagsDiffering', v_row.tags_differing, 'tagDifferences', v_tags -> 'differences'
  );
end
$$;

grant execute on function
  public.tag_migration_validate_live(uuid, uuid, integer), public.tag_migration_long_themes(uuid, integer),
  public.tag_migration_chunks(uuid, uuid, integer, integer, integer),
  public.tag_migration_validate_songs(uuid, uuid, uuid),
  public.tag_migration_validate_batches(uuid, uuid, bigint, uuid, integer),
  public.tag_migration_validate_tags(uuid, integer), public.tag_migration_validate_rollback(uuid, uuid, integer),
  public.tag_migration_runs(uuid, integer), public.tag_migration_check_drift(integer, integer)
to service_role;
