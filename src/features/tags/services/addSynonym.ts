import { getSupabase } from '../../../lib/supabase.ts'
import { unwrap } from '../../../lib/unwrap.ts'

/**
 * Gives a tag one more synonym. Whatever else was changed of it meanwhile stays: nothing is overwritten.
 * @throws ServiceError 23505 when another tag has the name, 42501 for everybody but moderators and admins
 */
export async function addSynonym(tag: string, synonym: string): Promise<void> {
  const changes = { addSynonyms: [synonym] }
  unwrap('add the synonym', await getSupabase().rpc('edit_tag', { p_tag: tag, p_changes: changes }))
}
