import type { Sql } from 'postgres'

/**
 * Keeps the latest run's plan where resetting the database leaves it: the peer gets its map from raw themes to tag
 * names for nothing, as a person who writes such a transaction by hand would have it ready.
 */
export async function keepPlan(sql: Sql): Promise<void> {
  await sql`create schema if not exists benchmark`
  await sql`drop table if exists benchmark.plan`
  await sql`
    create table benchmark.plan as
    select p.raw, p.tag_names, p.category, p.needs_review
    from tag_migration.plan_theme as p
    where p.plan_hash = (select r.plan_hash from tag_migration.run as r order by r.started_at desc limit 1)`
  await sql`analyze benchmark.plan`
}

/**
 * The limit to measure against: what the engine leaves behind, written by one transaction that holds every song until
 * it ends. The same tables, constraints, indexes and triggers, the same before-images, row hashes and usage counts; no
 * resuming, no room for writers, no validation. Triggers are passed by as the engine's batches pass them by.
 * @returns its duration, from begin to the end of commit, milliseconds
 */
export async function runSingleTransaction(sql: Sql): Promise<number> {
  const started = performance.now()
  await sql.begin(async (transaction) => {
    for (const statement of STATEMENTS) await transaction.unsafe(statement)
  })
  return performance.now() - started
}

const STATEMENTS = [
  // Room for its sorts and hashes in memory, which the short statements of a batch do not need.
  `select set_config('tag_migration.engine', 'on', true), set_config('work_mem', '256MB', true),
     set_config('temp_buffers', '128MB', true)`,
  `lock table public.songs, public.song_tags in share row exclusive mode`,

  `insert into tag_migration.plan (hash) values (repeat('0', 64)) on conflict do nothing`,
  `create temporary table peer_run on commit drop as select gen_random_uuid() as id, nextval('tag_migration.batch_number') as batch`,
  `insert into tag_migration.run (id, plan_hash, total_songs, status)
   select r.id, repeat('0', 64), (select count(*) from public.songs), 'complete' from peer_run as r`,
  `select tag_migration.ensure_tags(
     (select r.id from peer_run as r), array_agg(n.name), array_agg(p.category), array_agg(p.needs_review)
   )
   from benchmark.plan as p cross join lateral unnest(p.tag_names) as n (name)`,

  `create temporary table peer_theme on commit drop as
   select p.raw, t.id as tag_id, coalesce(m.id, t.id) as root_id, coalesce(m.normalized_name, t.normalized_name) as name,
     min(n.place) as part
   from benchmark.plan as p
   cross join lateral unnest(p.tag_names) with ordinality as n (name, place)
   join public.tag_names as k on k.normalized_name = public.normalize_tag_name(n.name)
   join public.tags as t on t.id = k.tag_id
   left join public.tags as m on m.id = t.merged_into
   group by 1, 2, 3, 4`,
  `analyze peer_theme`,
  `create temporary table peer_yield on commit drop as
   select s.id as song_id, e.position::smallint as position, t.part, t.tag_id, t.root_id, t.name
   from public.songs as s
   cross join lateral unnest(s.themes) with ordinality as e (raw, position)
   join peer_theme as t on t.raw = e.raw
   order by s.id, e.position, t.part`,
  `analyze peer_yield`,
  `create temporary table peer_before on commit drop as
   select l.song_id, l.tag_id, t.normalized_name as name
   from public.song_tags as l join public.tags as t on t.id = l.tag_id`,
  `analyze peer_before`,
  `create temporary table peer_link on commit drop as
   select distinct y.song_id, y.root_id as tag_id, y.name from peer_yield as y
   where not exists (select from peer_before as b where b.song_id = y.song_id and b.tag_id = y.root_id)
   order by y.song_id`,
  `analyze peer_link`,

  `insert into public.song_tags (song_id, tag_id, created_by)
   select l.song_id, l.tag_id, null from peer_link as l order by l.song_id, l.tag_id`,
  `with yields as (
     select y.song_id, array_agg(y.tag_id) as tags, array_agg(y.position) as positions
     from (select * from peer_yield as y order by y.song_id, y.position, y.part) as y group by y.song_id
   ), linked as (
     select l.song_id, array_agg(l.tag_id) as tags from peer_link as l group by l.song_id
   ), before as (
     select b.song_id, array_agg(b.tag_id) as tags,
       array_agg(b.tag_id) filter (where not exists (
         select from peer_yield as y where y.song_id = b.song_id and y.root_id = b.tag_id
       )) as extra
     from peer_before as b group by b.song_id
   ), names as (
     select n.song_id, array_agg(n.name) as names
     from (
       select * from (
         select l.song_id, l.name from peer_link as l union all select b.song_id, b.name from peer_before as b
       ) as u
       order by u.song_id, u.name collate "C"
     ) as n
     group by n.song_id
   ), line as materialized (
     select s.id, s.themes, coalesce(b.tags, '{}') as tags_before, coalesce(b.extra, '{}') as extra,
       coalesce(l.tags, '{}') as linked, coalesce(y.tags, '{}') as yields, coalesce(y.positions, '{}') as positions,
       coalesce(n.names, '{}') as names,
       sha256(tag_migration.canonical_line(s.id, s.themes, coalesce(n.names, '{}'))) as hash
     from public.songs as s
     left join yields as y on y.song_id = s.id
     left join names as n on n.song_id = s.id
     left join before as b on b.song_id = s.id
     left join linked as l on l.song_id = s.id
     order by s.id
   ), state as (
     insert into tag_migration.song_state (song_id, seen, yields, yield_positions, extra)
     select n.id, n.themes, n.yields, n.positions, n.extra from line as n
   ), journal as (
     insert into tag_migration.journal (run_id, song_id, batch, themes, tags_before, linked, names, line_hash)
     select r.id, n.id, r.batch, n.themes, n.tags_before, n.linked, n.names, n.hash from line as n cross join peer_run as r
   ), usage as (
     select array_agg(u.tag_id) as tags, array_agg(u.links) as deltas, sum(u.links) as links
     from (select l.tag_id, count(*)::integer as links from peer_link as l group by l.tag_id) as u
   )
   insert into tag_migration.batch (
     number, run_id, epoch, worker, first_song, last_song, songs, themes, links, checksum, usage_tags, usage_deltas,
     is_folded, duration_ms
   )
   select r.batch, r.id, 1, 'single transaction', s.ids[1], s.ids[cardinality(s.ids)], cardinality(s.ids),
     s.themes, coalesce(u.links, 0), s.checksum, coalesce(u.tags, '{}'), coalesce(u.deltas, '{}'), true, 0
   from peer_run as r cross join usage as u cross join (
     select array_agg(n.id) as ids, coalesce(sum(cardinality(n.themes)), 0) as themes,
       sha256(string_agg(n.hash, null order by n.id)) as checksum
     from line as n
   ) as s`,
  `update public.tags as t set usage_count = t.usage_count + u.links
   from (select l.tag_id, count(*) as links from peer_link as l group by l.tag_id) as u where t.id = u.tag_id`,
]
