import { ServiceError } from '../../../lib/ServiceError.ts'
import { getSupabase } from '../../../lib/supabase.ts'
import { unwrap } from '../../../lib/unwrap.ts'
import { tagsOfSong } from '../../tags/index.ts'

const songColumns =
  'id, title, artist, song_tags(place, tags(id, name, normalized_name, category)), lyrics, version, created_by, arrangements(id, name, key, tempo, difficulty, time_signature)'

/** One song with everything its page shows but the old themes; null when there is none with this id. @throws ServiceError */
export async function fetchSong(id: string, signal: AbortSignal) {
  const response = await getSupabase()
    .from('songs')
    .select(songColumns)
    .eq('id', id)
    .order('created_at', { referencedTable: 'arrangements' })
    .order('id', { referencedTable: 'arrangements' })
    .abortSignal(signal)
    .maybeSingle()
  const song = unwrap('read the song', response)
  if (!song) return null
  const { song_tags, ...rest } = song
  return { ...rest, tags: tagsOfSong(song_tags) }
}

export type Song = NonNullable<Awaited<ReturnType<typeof fetchSong>>>
export type Arrangement = Song['arrangements'][number]

/** `null` is a song without a list, `[]` one with an empty list; the generated types do not know that elements may be null. */
export type WrittenThemes = { kept: true; themes: readonly (string | null)[] | null } | { kept: false }

/**
 * The free-text themes from before tags, exactly as they are stored. Asked for apart from the song, so that the song's
 * page goes on working in an open tab on the day the column is dropped. @throws ServiceError
 */
export async function fetchWrittenThemes(songId: string, signal: AbortSignal): Promise<WrittenThemes> {
  const response = await getSupabase()
    .from('songs')
    .select('themes')
    .eq('id', songId)
    .abortSignal(signal)
    .maybeSingle()
  try {
    const song = unwrap('read the old themes', response)
    return song ? { kept: true, themes: song.themes } : { kept: false }
  } catch (error) {
    const columnIsGone = error instanceof ServiceError && error.code === '42703'
    if (columnIsGone) return { kept: false }
    throw error
  }
}
