import { isUuid } from '../../../lib/isUuid.ts'
import { storableText } from '../../../lib/storableText.ts'
import { getSupabase } from '../../../lib/supabase.ts'
import { unwrap } from '../../../lib/unwrap.ts'

/** Enough to recognize the one that is meant. */
const MOST = 8

/** Songs whose title holds the text, by title; by its id, the one. @throws ServiceError */
export async function findSongs(text: string, signal: AbortSignal) {
  const songs = getSupabase().from('songs').select('id, title, artist')
  // PostgREST reads * as %, and knows no way to escape it.
  const pattern = `%${storableText(text)
    .replaceAll(/[\\%_]/g, '\\$&')
    .replaceAll('*', '_')}%`
  const wanted = isUuid(text) ? songs.eq('id', text) : songs.ilike('title', pattern)
  return unwrap('find songs', await wanted.order('title').order('id').limit(MOST).abortSignal(signal))
}
