import type { Sql } from 'postgres'
import type { FirstSong } from '../model/modelSongbook.ts'
import type { Themes } from '../model/types.ts'

/** Puts the songs and the links that they have before the run into an empty songbook. */
export async function addSongs(sql: Sql, songs: readonly FirstSong[]): Promise<void> {
  await sql`
    insert into public.songs (id, title, themes)
    select (r.value ->> 'id')::uuid, 'Song ' || left(r.value ->> 'id', 8), chaos.themes(r.value -> 'themes')
    from jsonb_array_elements(${sql.json(songs.map(({ id, themes }) => ({ id, themes: jsonThemes(themes) })))}) as r (value)`
  const links = songs.flatMap(({ id, tags }) => tags.map((tag) => ({ id, tag })))
  await sql`
    insert into public.song_tags (song_id, tag_id)
    select (r.value ->> 'id')::uuid, t.id
    from jsonb_array_elements(${sql.json(links)}) as r (value) join public.tags as t on t.name = r.value ->> 'tag'`
}

/** Themes for `chaos.themes`, which keeps NULL apart from `{}`, and NULL elements. */
function jsonThemes(themes: Themes): (string | null)[] | null {
  return themes === null ? null : [...themes]
}
