import type { Sql } from 'postgres'

/** What the probes try to read and write. */
export interface SecuredRows {
  /** Who owns the song. */
  owner: string
  song: string
  /** On the song, with a synonym. */
  tag: string
  /** On no song. */
  freeTag: string
  bannedTag: string
  /** An entry of the moderation log. */
  entry: string
}

export async function makeSecuredRows(sql: Sql, owner: string): Promise<SecuredRows> {
  const tags = await sql<{ id: string }[]>`
    insert into public.tags (name) values ('Secured'), ('Secured and free'), ('Secured and banned') returning id`
  const [tag = '', freeTag = '', bannedTag = ''] = tags.map(({ id }) => id)
  await sql`insert into public.tag_synonyms (tag_id, name) values (${tag}, 'Secured synonym')`
  const [made] = await sql<{ id: string }[]>`
    insert into public.songs (title, created_by) values ('Secured', ${owner}) returning id`
  const song = made?.id ?? ''
  await sql`insert into public.song_tags (song_id, tag_id) values (${song}, ${tag})`
  await sql`insert into public.arrangements (song_id, name) values (${song}, 'Secured')`
  await sql`select public.ban_tag(${bannedTag})`
  const [logged] = await sql<{ id: string }[]>`
    select id from public.tag_moderation_log where tag_id = ${bannedTag}`
  return { owner, song, tag, freeTag, bannedTag, entry: logged?.id ?? '' }
}
