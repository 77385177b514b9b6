import { retryOnce } from '../../../lib/retryOnce.ts'
import { storableText } from '../../../lib/storableText.ts'
import { getSupabase } from '../../../lib/supabase.ts'
import { unwrap } from '../../../lib/unwrap.ts'
import type { TagCategory } from '../types.ts'
import {
  mergedSchema,
  mergePreviewSchema,
  type TagKind,
  type TagPlace,
  tagCountsSchema,
  tagDetailsSchema,
  tagPageSchema,
  tagUsageSchema,
} from './adminTag.ts'
import { moderationLogSchema } from './moderationEntry.ts'

/** null: all of them. `from` and `until` are ISO 8601; until is no longer part of it. */
export interface ModerationFilter {
  action: string | null
  actor: string | null
  tagId: string | null
  from: string | null
  until: string | null
}

const PAGE = 50

/** A page of the moderation log, latest first. @param before where the page before ended; null for the first one
 * @throws ServiceError 42501 for everybody but moderators and admins */
export async function fetchModerationLog(
  filter: ModerationFilter,
  before: number | null,
  signal: AbortSignal,
) {
  const { action, actor, tagId, from, until } = filter
  const response = await getSupabase()
    .rpc('moderation_log', {
      p_limit: PAGE,
      ...(action !== null && { p_action: action }),
      ...(actor !== null && { p_actor: actor }),
      ...(tagId !== null && { p_tag: tagId }),
      ...(from !== null && { p_from: from }),
      ...(until !== null && { p_until: until }),
      ...(before !== null && { p_before: before }),
    })
    .abortSignal(signal)
  return moderationLogSchema.parse(unwrap('read the moderation log', response))
}

/** Whoever is in the moderation log. @throws ServiceError */
export async function fetchModerationActors(signal: AbortSignal) {
  return unwrap('read who moderated', await getSupabase().rpc('moderation_actors').abortSignal(signal))
}

/** Takes an entry of the moderation log back. @throws ServiceError PT409 when the tag has changed since */
export async function undoModeration(entry: number): Promise<void> {
  unwrap('undo it', await retryOnce(() => getSupabase().rpc('undo_moderation', { p_entry: entry })))
}

/** Which tags the console lists. Of one or two letters in `query` names begin with them, longer ones are found anywhere. */
export interface TagFilter {
  query: string
  category: TagCategory | null
  kind: TagKind
}

export interface TagOrder {
  sort: 'name' | 'songs' | 'created'
  descending: boolean
}

/** A page's first or last neighbour; null for the list's own beginning, or its end when backwards. */
export interface TagPosition {
  from: TagPlace | null
  backwards: boolean
}

/** A page of tags, in the order asked for also when it is found backwards. @param limit 5000 at most @throws ServiceError */
export async function fetchTagPage(
  { query, category, kind }: TagFilter,
  { sort, descending }: TagOrder,
  { from, backwards }: TagPosition,
  limit: number,
  signal: AbortSignal,
) {
  const response = await getSupabase()
    .rpc('list_tags', {
      p_query: storableText(query),
      p_kind: kind,
      p_sort: sort,
      p_descending: descending,
      p_backwards: backwards,
      p_limit: limit,
      ...(category !== null && { p_category: category }),
      ...(from !== null && { p_from: from }),
    })
    .abortSignal(signal)
  return tagPageSchema.parse(unwrap('read the tags', response))
}

/** How many tags there are of each kind. @throws ServiceError */
export async function fetchTagCounts({ query, category }: Omit<TagFilter, 'kind'>, signal: AbortSignal) {
  const response = await getSupabase()
    .rpc('count_tags', { p_query: storableText(query), ...(category !== null && { p_category: category }) })
    .abortSignal(signal)
  return tagCountsSchema.parse(unwrap('count the tags', response))
}

/** null when there is no such tag. @throws ServiceError */
export async function fetchTagDetails(id: string, signal: AbortSignal) {
  const response = await getSupabase().rpc('tag_details', { p_tag: id }).abortSignal(signal)
  return tagDetailsSchema.parse(unwrap('read the tag', response))
}

/** Months as they are where the reader is. @throws ServiceError */
export async function fetchTagUsage(id: string, signal: AbortSignal) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const response = await getSupabase().rpc('tag_usage', { p_tag: id, p_zone: timeZone }).abortSignal(signal)
  return tagUsageSchema.parse(unwrap('read how the tag is used', response))
}

/** Only what is to change. A name that is given up becomes a synonym. */
export type TagChanges = {
  name?: string
  category?: TagCategory
  colour?: string | null
  needsReview?: boolean
  addSynonyms?: string[]
  removeSynonyms?: string[]
}

/** @param seen what fetchTagDetails gave @throws ServiceError PT409 when somebody else was faster, 23505 when another tag has the name */
export async function editTag(id: string, seen: string, changes: TagChanges): Promise<void> {
  unwrap('save the tag', await getSupabase().rpc('edit_tag', { p_tag: id, p_seen: seen, p_changes: changes }))
}

/** @throws ServiceError */
export async function promoteTag(id: string, isStandard: boolean): Promise<void> {
  unwrap('promote the tag', await getSupabase().rpc('promote_tag', { p_tag: id, p_is_standard: isStandard }))
}

/** Hides a tag and its links from all but moderators and admins, or shows them again. @throws ServiceError */
export async function banTag(id: string, isBanned: boolean): Promise<void> {
  unwrap('ban the tag', await getSupabase().rpc('ban_tag', { p_tag: id, p_is_banned: isBanned }))
}

/** What merging would do. @throws ServiceError */
export async function previewMerge(from: readonly string[], into: string, signal: AbortSignal) {
  const response = await getSupabase()
    .rpc('preview_merge', { p_from: [...from], p_into: into })
    .abortSignal(signal)
  return mergePreviewSchema.parse(unwrap('see what the merge would do', response))
}

/** Merges all of them or none. @throws ServiceError 23514 when one is merged already */
export async function mergeTags({ from, into }: { from: readonly string[]; into: string }) {
  const response = await retryOnce(() =>
    getSupabase().rpc('merge_many_tags', { p_from: [...from], p_into: into }),
  )
  return mergedSchema.parse(unwrap('merge the tags', response))
}

/** Songs that had the tag have it again. @throws ServiceError */
export async function unmergeTag(id: string): Promise<void> {
  unwrap('undo the merge', await retryOnce(() => getSupabase().rpc('unmerge_tag', { p_tag: id })))
}

/** Pairs of tags that look alike and are not the same. @throws ServiceError */
export async function fetchTagsKeptApart(signal: AbortSignal) {
  return unwrap(
    'read which tags are not the same',
    await getSupabase().rpc('tags_kept_apart').abortSignal(signal),
  )
}

/** @throws ServiceError */
export async function keepTagsApart({ one, other }: { one: string; other: string }): Promise<void> {
  unwrap('note it', await getSupabase().rpc('keep_tags_apart', { p_one: one, p_other: other }))
}
