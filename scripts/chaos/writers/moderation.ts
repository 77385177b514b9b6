import type { Act } from './edits.ts'
import { type NamedTag, tagsSchema } from './rows.ts'

export const renameTag: Act = async ({ sql, random }) => {
  const tag = pickTag(await customTags(sql), random)
  if (tag === undefined) return null
  const name = `Renamed ${random.below(1_000_000)}`
  await sql`select public.rename_tag(${tag.id}, ${name})`
  return { kind: 'rename', tag: tag.name, name }
}

export const mergeTags: Act = async ({ sql, random }) => {
  const tags = await customTags(sql)
  const [from, into] = [pickTag(tags, random), pickTag(tags, random)]
  if (from === undefined || into === undefined || from.id === into.id) return null
  await sql`select public.merge_tags(${from.id}, ${into.id})`
  return { kind: 'merge', from: from.name, into: into.name }
}

export const unmergeTag: Act = async ({ sql, random }) => {
  const merged = tagsSchema.parse(
    await sql`
    select t.id, t.name from public.tags as t where t.merged_into is not null order by t.name`,
  )
  const tag = pickTag(merged, random)
  if (tag === undefined) return null
  await sql`select public.unmerge_tag(${tag.id})`
  return { kind: 'unmerge', tag: tag.name }
}

export const banTag: Act = async ({ sql, random }) => {
  const tag = pickTag(await customTags(sql), random)
  if (tag === undefined) return null
  const isBanned = random.chance(0.5)
  await sql`select public.ban_tag(${tag.id}, ${isBanned})`
  return { kind: 'ban', tag: tag.name, isBanned }
}

/** Those that moderators tidy up: made by people or by the run. */
async function customTags(sql: Parameters<Act>[0]['sql']): Promise<NamedTag[]> {
  return tagsSchema.parse(
    await sql`
    select t.id, t.name from public.tags as t
    where t.merged_into is null and (not t.is_standard or t.name in ('Grace', 'Mercy', 'Joy')) order by t.name`,
  )
}

function pickTag(tags: readonly NamedTag[], random: Parameters<Act>[0]['random']): NamedTag | undefined {
  return tags.length === 0 ? undefined : random.pick(tags)
}
