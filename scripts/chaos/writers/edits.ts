import type { SeededRandom } from '../../seed/seededRandom.ts'
import type { Edit, Themes } from '../model/types.ts'
import { drawThemes } from '../songbook/drawSongs.ts'
import { NEW_NAMES } from '../songbook/vocabulary.ts'
import { changedThemes } from './drawEdit.ts'
import type { PersonSql } from './personSql.ts'
import { idsSchema, type NamedTag, songsSchema, tagsSchema } from './rows.ts'

/** One person's edit under way. */
export interface Editing {
  sql: PersonSql
  random: SeededRandom
  song: string
  /** Themes that are written. */
  raws: readonly string[]
}

/** @returns what was done, or null when there was nothing to do it to */
export type Act = (editing: Editing) => Promise<Edit | null>

export const insertSong: Act = async ({ sql, random, raws }) => {
  const themes = drawThemes(random, raws)
  const [song] = idsSchema.parse(
    await sql`
    insert into public.songs (title, themes)
    values ('A new song', chaos.themes(${JSON.stringify(themes)}::text::jsonb)) returning id`,
  )
  return song === undefined ? null : { kind: 'insert', song: song.id, themes }
}

/** The old interface, as old clients use it: read, change, write the whole array. */
export const writeThemes: Act = async ({ sql, random, song, raws }) => {
  const found = await read(sql, song)
  if (found === undefined) return null
  const themes = changedThemes(found.themes, random, raws)
  const [written] = await sql`
    update public.songs set themes = chaos.themes(${JSON.stringify(themes)}::text::jsonb) where id = ${song} returning id`
  return written === undefined ? null : { kind: 'write-themes', song, themes }
}

export const tagSong: Act = async ({ sql, random, song }) => {
  const tags = await someTags(sql, random)
  const names = random.chance(0.3) ? await thatAnybodyMayUse(sql, [random.pick(NEW_NAMES)]) : []
  const found = await read(sql, song)
  if (found === undefined) return null
  const version = random.chance(0.5) ? found.version : null
  await sql`
    select public.tag_song(${song}, ${arrayOf(tags.map(({ id }) => id))}::text::uuid[], ${arrayOf(names)}::text::text[], ${version})`
  return { kind: 'tag', song, tags: [...tags.map(({ name }) => name), ...names] }
}

/** The new interface without its functions: a row in the table of links. */
export const linkTag: Act = async ({ sql, random, song }) => {
  const [tag] = await someTags(sql, random)
  if (tag === undefined || (await read(sql, song)) === undefined) return null
  await sql`insert into public.song_tags (song_id, tag_id) values (${song}, ${tag.id})`
  return { kind: 'tag', song, tags: [tag.name] }
}

export const untagSong: Act = async ({ sql, random, song }) => {
  const tag = await oneTagOf(sql, random, song)
  if (tag === undefined) return null
  await sql`select public.untag_song(${song}, ${arrayOf([tag.id])}::text::uuid[])`
  return { kind: 'untag', song, tags: [tag.name] }
}

export const unlinkTag: Act = async ({ sql, random, song }) => {
  const tag = await oneTagOf(sql, random, song)
  if (tag === undefined) return null
  const gone = await sql`
    delete from public.song_tags as l where l.song_id = ${song} and l.tag_id = ${tag.id} returning l.tag_id`
  return gone.length === 0 ? null : { kind: 'untag', song, tags: [tag.name] }
}

export const deleteSong: Act = async ({ sql, song }) => {
  const gone = await sql`delete from public.songs as s where s.id = ${song} returning s.id`
  return gone.length === 0 ? null : { kind: 'delete', song }
}

async function read(sql: PersonSql, song: string): Promise<{ themes: Themes; version: number } | undefined> {
  const [found] = songsSchema.parse(
    await sql`
    select to_json(s.themes) as themes, s.version from public.songs as s where s.id = ${song}`,
  )
  return found
}

/** One or two tags that anybody may use, most of them known to the plan. */
async function someTags(sql: PersonSql, random: SeededRandom): Promise<NamedTag[]> {
  const tags = tagsSchema.parse(
    await sql`
    select t.id, t.name from public.tags as t
    where t.merged_into is null and to_jsonb(t) ->> 'banned_at' is null and (t.usage_count > 0 or not t.is_standard)
    order by t.name limit 60`,
  )
  if (tags.length === 0) return []
  return [...new Set([random.pick(tags), ...(random.chance(0.2) ? [random.pick(tags)] : [])])]
}

/** Edits of tags wait for this one: nobody bans them before it is done. */
async function thatAnybodyMayUse(sql: PersonSql, names: readonly string[]): Promise<string[]> {
  const banned = tagsSchema.parse(
    await sql`
    select r.id, n.normalized_name as name from public.tag_names as n join public.tags as t on t.id = n.tag_id
    join public.tags as r on r.id = coalesce(t.merged_into, t.id) where to_jsonb(r) ->> 'banned_at' is not null`,
  )
  const refused = new Set(banned.map(({ name }) => name.toLowerCase()))
  return names.filter((name) => !refused.has(name.toLowerCase()))
}

async function oneTagOf(sql: PersonSql, random: SeededRandom, song: string): Promise<NamedTag | undefined> {
  const tags = tagsSchema.parse(
    await sql`
    select t.id, t.name from public.song_tags as l join public.tags as t on t.id = l.tag_id
    where l.song_id = ${song} order by t.name`,
  )
  return tags.length === 0 ? undefined : random.pick(tags)
}

/** Ids, and names without quotation marks. */
function arrayOf(values: readonly string[]): string {
  return `{${values.map((value) => `"${value}"`).join(',')}}`
}
