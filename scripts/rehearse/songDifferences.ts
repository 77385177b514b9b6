import type { Sql } from 'postgres'

/** A song that is not what it was; themes as Postgres writes arrays, tags by their names. */
export interface SongDifference {
  songId: string
  themesBefore: string | null
  themesAfter: string | null
  tagsBefore: string[]
  tagsAfter: string[]
}

/** Remembers every song's themes and links, to compare with later. */
export async function rememberSongs(sql: Sql): Promise<void> {
  await sql`
    create table if not exists public.song_before as
    select s.id, s.themes::text as themes, array(
      select t.name from public.song_tags as l join public.tags as t on t.id = l.tag_id
      where l.song_id = s.id order by t.name collate "C"
    ) as tags
    from public.songs as s`
}

/** @returns how many songs differ, and the first hundred of them */
export async function songDifferences(sql: Sql): Promise<{ differing: number; first: SongDifference[] }> {
  const rows = await sql<(SongDifference & { differing: number })[]>`
    with now as (
      select s.id, s.themes::text as themes, array(
        select t.name from public.song_tags as l join public.tags as t on t.id = l.tag_id
        where l.song_id = s.id order by t.name collate "C"
      ) as tags
      from public.songs as s
    )
    select coalesce(b.id, n.id) as "songId", b.themes as "themesBefore", n.themes as "themesAfter",
      coalesce(b.tags, '{}') as "tagsBefore", coalesce(n.tags, '{}') as "tagsAfter",
      (count(*) over ())::integer as differing
    from public.song_before as b full join now as n on n.id = b.id
    where b.id is null or n.id is null or b.themes is distinct from n.themes or b.tags <> n.tags
    order by 1 limit 100`
  return { differing: rows[0]?.differing ?? 0, first: rows.map(({ differing: _, ...row }) => row) }
}
