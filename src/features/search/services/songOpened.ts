import { getSupabase } from '../../../lib/supabase.ts'

/**
 * Counts that a signed-in person has opened a song. Nobody waits for it, and nothing is lost to the reader when it does not
 * arrive: the answer is not looked at.
 */
export async function songOpened(songId: string): Promise<void> {
  await getSupabase().rpc('song_opened', { p_song: songId })
}
