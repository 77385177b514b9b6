import type { Sql } from 'postgres'
import type { ExpectedSong, ModelSongbook } from './model/modelSongbook.ts'
import type { Themes } from './model/types.ts'

interface FoundSong {
  id: string
  themes: Themes
  tags: string[]
}

/** Something that is not as it must be. */
export interface Difference {
  /** Id of the song; undefined for a tag. */
  song?: string
  text: string
}

/** What differs from the model, song by song. */
export async function differencesFromModel(sql: Sql, model: ModelSongbook): Promise<Difference[]> {
  const found = await sql<FoundSong[]>`
    select s.id, to_json(s.themes) as themes, array(
      select t.name from public.song_tags as l join public.tags as t on t.id = l.tag_id
      where l.song_id = s.id order by t.name collate "C"
    ) as tags
    from public.songs as s`
  const songs = new Map(found.map((song) => [song.id, song]))
  const expected = model.expected()
  const missing = [...expected.keys()]
    .filter((id) => !songs.has(id))
    .map((id) => ({ song: id, text: `song ${id} is missing` }))
  return [
    ...missing,
    ...found.flatMap((song) => difference(song, expected.get(song.id))),
    ...(await wrongCounts(sql)),
  ]
}

function difference({ id, themes, tags }: FoundSong, expected: ExpectedSong | undefined): Difference[] {
  if (expected === undefined) return [{ song: id, text: `song ${id} should be gone` }]
  const lines: string[] = []
  if (JSON.stringify(themes) !== JSON.stringify(expected.themes))
    lines.push(
      `song ${id}: themes must be ${JSON.stringify(expected.themes)} and are ${JSON.stringify(themes)}`,
    )
  if (JSON.stringify(tags) !== JSON.stringify(expected.tags))
    lines.push(`song ${id}: tags must be ${expected.tags.join(', ')} and are ${tags.join(', ')}`)
  return lines.map((text) => ({ song: id, text }))
}

async function wrongCounts(sql: Sql): Promise<Difference[]> {
  const rows = await sql<{ name: string; counted: number; links: number }[]>`
    select t.name, t.usage_count::integer as counted, count(l.song_id)::integer as links
    from public.tags as t left join public.song_tags as l on l.tag_id = t.id
    group by t.id having t.usage_count <> count(l.song_id) or t.merged_into is not null and count(l.song_id) > 0`
  return rows.map(({ name, counted, links }) => ({
    text: `tag ${name} has ${links} links and counts ${counted}`,
  }))
}
