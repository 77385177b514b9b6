import type { Sql } from 'postgres'

/** What a migration left behind, without ids of tags, times or batch numbers: two ways there can be compared. */
export interface Outcome {
  songs: number
  links: number
  /** Hashes over all rows, in order. */
  linksByName: string
  lineHashes: string
  yieldsByName: string
  usageCounts: string
}

export async function readOutcome(sql: Sql): Promise<Outcome> {
  const [row] = await sql<Outcome[]>`
    select
      (select count(*)::integer from tag_migration.journal) as songs,
      (select count(*)::integer from public.song_tags) as links,
      (
        select md5(string_agg(l.song_id || ' ' || t.normalized_name, e'\n' order by l.song_id, t.normalized_name collate "C"))
        from public.song_tags as l join public.tags as t on t.id = l.tag_id
      ) as "linksByName",
      (
        select encode(sha256(string_agg(j.line_hash, null order by j.song_id)), 'hex') from tag_migration.journal as j
      ) as "lineHashes",
      (
        select md5(string_agg(s.line, e'\n' order by s.song_id)) from (
          select s.song_id, concat_ws(' ', s.song_id, s.seen::text, s.yield_positions::text, (
            select string_agg(t.normalized_name, ',' order by t.normalized_name collate "C")
            from unnest(s.extra) as x (tag_id) join public.tags as t on t.id = x.tag_id
          ), (
            select string_agg(t.normalized_name, ',' order by y.place)
            from unnest(s.yields) with ordinality as y (tag_id, place) join public.tags as t on t.id = y.tag_id
          )) as line
          from tag_migration.song_state as s
        ) as s
      ) as "yieldsByName",
      (
        select md5(string_agg(t.normalized_name || ' ' || t.usage_count, e'\n' order by t.normalized_name collate "C"))
        from public.tags as t
      ) as "usageCounts"`
  if (!row) throw new Error('The database did not answer.')
  return row
}

/** @throws Error that names what differs: figures of two different works must not be compared */
export function requireSameOutcome(engine: Outcome, peer: Outcome): void {
  const differing = Object.keys(engine).filter(
    (key) => engine[key as keyof Outcome] !== peer[key as keyof Outcome],
  )
  if (differing.length > 0)
    throw new Error(`The single transaction and the engine differ in ${differing.join(', ')}.`)
}
