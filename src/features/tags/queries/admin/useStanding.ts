import { banTag, promoteTag } from '../../services/tagAdminService.ts'
import { useModerate } from './useModerate.ts'

export type Standing = 'promote' | 'demote' | 'ban' | 'unban'

/** What a tag counts for: a standard tag or a custom one, shown or hidden. */
export function useStanding(id: string) {
  return useModerate(
    (standing: Standing) =>
      standing === 'ban' || standing === 'unban'
        ? banTag(id, standing === 'ban')
        : promoteTag(id, standing === 'promote'),
    () => [id],
  )
}
