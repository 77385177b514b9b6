import { storableText } from '../../../lib/storableText.ts'
import { getSupabase } from '../../../lib/supabase.ts'
import { unwrap } from '../../../lib/unwrap.ts'
import type { Tag } from '../types.ts'

/**
 * The tag that carries a normalized name or has it as a synonym: an old link keeps working after a tag was renamed.
 * Null when no tag does. @throws ServiceError
 */
export async function fetchTag(normalizedName: string, signal: AbortSignal): Promise<Tag | null> {
  const response = await getSupabase()
    .from('tag_names')
    .select('tags(id, name, normalized_name, category)')
    .eq('normalized_name', storableText(normalizedName))
    .abortSignal(signal)
    .maybeSingle()
  return unwrap('read the tag', response)?.tags ?? null
}
