import type { Sql } from 'postgres'
import * as z from 'zod/mini'
import { BEFORE_ALL, type MigrationDatabase } from '../../src/features/tags/migration/migrationDatabase.ts'

const pageSchema = z.object({
  last: z.nullable(z.string()),
  songs: z.array(z.object({ id: z.string(), themes: z.nullable(z.string()), tags: z.array(z.string()) })),
})

/**
 * Copies tags, songs, themes and links as they were before the runs that stand; nothing else leaves the songbook.
 * @param onSongs told how many songs are copied
 * @throws MigrationFailure
 */
export async function copySongbook(
  from: MigrationDatabase,
  sql: Sql,
  onSongs: (songs: number) => void,
): Promise<number> {
  await copyTags(from, sql)
  // Nothing is to follow from these: they are how things were.
  await sql`select set_config('tag_migration.engine', 'on', false)`
  let songs = 0
  for (let after = BEFORE_ALL; ; ) {
    const page = await from.call('tag_migration_copy', { p_after: after, p_limit: 5000 }, pageSchema)
    if (page.last === null) break
    after = page.last
    await sql`
      insert into public.songs (id, title, themes)
      select (r.value ->> 'id')::uuid, 'Copy', (r.value ->> 'themes')::text[]
      from jsonb_array_elements(${sql.json(page.songs)}) as r (value)`
    await sql`
      insert into public.song_tags (song_id, tag_id)
      select (r.value ->> 'id')::uuid, t.id
      from jsonb_array_elements(${sql.json(page.songs)}) as r (value)
      cross join lateral jsonb_array_elements_text(r.value -> 'tags') as k (id)
      join public.tags as t on t.id = k.id::uuid`
    songs += page.songs.length
    onSongs(songs)
  }
  await sql`update public.tags as t set usage_count = (select count(*) from public.song_tags as l where l.tag_id = t.id)`
  await sql`select set_config('tag_migration.engine', 'off', false)`
  return songs
}

/** The vocabulary with its ids: links name tags by them. */
async function copyTags(from: MigrationDatabase, sql: Sql): Promise<void> {
  const tags = await from.tags()
  await sql`delete from public.tags`
  for (let first = 0; first < tags.length; first += 1000) {
    const rows = sql.json(tags.slice(first, first + 1000))
    await sql`
      insert into public.tags (id, name, category, is_standard)
      select r.id, r.name, r.category, r.is_standard
      from jsonb_to_recordset(${rows}) as r (id uuid, name text, category public.tag_category, is_standard boolean)`
    await sql`
      insert into public.tag_synonyms (tag_id, name)
      select (r.value ->> 'id')::uuid, y.value ->> 'name'
      from jsonb_array_elements(${rows}) as r (value)
      cross join lateral jsonb_array_elements(r.value -> 'tag_synonyms') as y (value)`
  }
  await sql`
    update public.tags as t set merged_into = m.merged_into
    from jsonb_to_recordset(${sql.json(tags.filter((tag) => tag.merged_into !== null))}) as m (id uuid, merged_into uuid)
    where t.id = m.id`
}
