import { getSupabase } from '../../../lib/supabase.ts'
import { unwrap } from '../../../lib/unwrap.ts'
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
  unwrap('undo it', await getSupabase().rpc('undo_moderation', { p_entry: entry }))
}
