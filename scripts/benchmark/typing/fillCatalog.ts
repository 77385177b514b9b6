import type { Sql } from 'postgres'

/** @returns the id of a song with three tags, in a songbook with so many of them */
export async function fillCatalog(sql: Sql, tags: number): Promise<string> {
  // Every pair of standard names is a name that somebody might have written; the same ones every time.
  await sql`
    insert into public.tags (name, usage_count)
    select p.name, (1000 / row_number() over (order by md5(p.name)))::integer
    from (
      select distinct on (public.normalize_tag_name(a.name || ' ' || b.name)) a.name || ' ' || b.name as name
      from public.tags as a join public.tags as b on b.id <> a.id
      where char_length(a.name || b.name) < 50 and not exists (
        select from public.tag_names as n where n.normalized_name = public.normalize_tag_name(a.name || ' ' || b.name))
      order by public.normalize_tag_name(a.name || ' ' || b.name), a.name
    ) as p
    order by md5(p.name) limit ${tags} - (select count(*) from public.tags)`
  // As autovacuum would, a minute later; until then the planner takes the tables for small.
  await sql`analyze public.tags, public.tag_names, public.tag_synonyms`
  const [song] = await sql<
    { id: string }[]
  >`insert into public.songs (title) values ('Still waters') returning id::text`
  if (!song) throw new Error('There is no song.')
  await sql`
    insert into public.song_tags (song_id, tag_id)
    select ${song.id}, t.id from public.tags as t where t.is_standard order by t.name limit 3`
  return song.id
}
