import type { Sql } from 'postgres'

/** The two tags that are merged, by name. */
export const FROM = 'Merged from'
export const INTO = 'Merged into'

export interface CatalogSize {
  tags: number
  songs: number
  /** Songs that have both of the tags that are merged. */
  both: number
}

/** So many tags, of which one is on all songs and another one on some of them. */
export async function fillTags(sql: Sql, { tags, songs, both }: CatalogSize): Promise<void> {
  // Triggers row by row would take minutes; what they do is done for all rows below.
  await sql.begin(async (transaction) => {
    await transaction`set local session_replication_role = replica`
    await transaction`
      insert into public.tags (name, category, needs_review)
      select
        initcap(substr(md5(n::text), 1, 3 + n % 5)) || ' ' || substr(md5((n * 7)::text), 1, 2 + n % 7) || ' ' || n,
        (enum_range(null::public.tag_category))[1 + n % 4], n % 500 = 0
      from generate_series(1, ${tags}::integer) as n`
    await transaction`insert into public.tags (name) values (${FROM}), (${INTO})`
    await transaction`
      insert into public.tag_names (normalized_name, tag_id, is_synonym)
      select t.normalized_name, t.id, false from public.tags as t on conflict do nothing`
    await transaction`
      insert into public.songs (title) select 'Song ' || n from generate_series(1, ${songs}::integer) as n`
    await transaction`
      insert into public.song_tags (song_id, tag_id)
      select s.id, t.id from public.songs as s, public.tags as t where t.name = ${FROM}`
    await transaction`
      insert into public.song_tags (song_id, tag_id)
      select s.id, t.id from (select id from public.songs order by id limit ${both}) as s, public.tags as t where t.name = ${INTO}`
    // Every song has two of the others, some of them often.
    await transaction`
      insert into public.song_tags (song_id, tag_id)
      select s.id, t.id
      from (select id, row_number() over (order by id) as n from public.songs) as s
      cross join lateral (values (1 + s.n % ${(tags * 9) / 10}::integer), (1 + s.n % 700)) as w (n)
      join (select id, row_number() over (order by id) as n from public.tags) as t on t.n = w.n
      on conflict do nothing`
    await transaction`
      update public.tags as t set usage_count = l.songs
      from (select tag_id, count(*) as songs from public.song_tags group by tag_id) as l where l.tag_id = t.id`
  })
  await sql`vacuum analyze public.tags`
  await sql`vacuum analyze public.tag_names`
  await sql`vacuum analyze public.songs`
  await sql`vacuum analyze public.song_tags`
}
