import { createClient, type PostgrestError } from '@supabase/supabase-js'
import type { Database } from '../../../src/lib/database.types.ts'
import { seedUsers } from '../../seed/users.ts'
import type { OwnStack } from '../ownStack.ts'

/** One edit of one song, by its interface. @returns the error that the person would see, or null */
type Edit = (songId: string, tag: Tag) => Promise<PostgrestError | null>

export interface Tag {
  id: string
  name: string
}

export interface SongWriter {
  /** As a client that knows only songs.themes. */
  old: Edit
  /** As one that knows tags: sets one. */
  tag: Edit
  /** The same: takes one away. */
  untag: Edit
}

/** Signs an editor in and gives the two ways in which people edit. */
export async function signInWriter(stack: OwnStack): Promise<SongWriter> {
  const users = await seedUsers(stack)
  const editor = users.find((user) => user.role === 'editor')
  if (!editor) throw new Error('There is no editor.')
  const client = createClient<Database>(stack.apiUrl, stack.publishableKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  })
  const { error } = await client.auth.signInWithPassword({ email: editor.email, password: editor.password })
  if (error) throw error
  return {
    old: async (songId, tag) => {
      const answer = await client
        .from('songs')
        .update({ themes: [tag.name, 'Praise'] })
        .eq('id', songId)
      return answer.error
    },
    tag: async (songId, tag) => {
      const answer = await client.from('song_tags').insert({ song_id: songId, tag_id: tag.id })
      return answer.error
    },
    untag: async (songId, tag) => {
      const answer = await client.from('song_tags').delete().match({ song_id: songId, tag_id: tag.id })
      return answer.error
    },
  }
}
