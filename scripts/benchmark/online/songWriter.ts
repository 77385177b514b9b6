import { Agent, request } from 'node:http'
import { createClient } from '@supabase/supabase-js'
import { seedUsers } from '../../seed/users.ts'
import type { OwnStack } from '../ownStack.ts'

/** One edit of one song, by its interface. @returns what went wrong, as the API said or the connection, or null */
type Edit = (songId: string, tag: Tag) => Promise<string | null>

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

/**
 * Signs an editor in and gives the two ways in which people edit. They send what supabase-js sends, but without it and
 * without fetch, which take as long again: people have processors of their own, and these two are to be the database's.
 */
export async function signInWriter(stack: OwnStack): Promise<SongWriter> {
  const users = await seedUsers(stack)
  const editor = users.find((user) => user.role === 'editor')
  if (!editor) throw new Error('There is no editor.')
  const client = createClient(stack.apiUrl, stack.publishableKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  })
  const { data, error } = await client.auth.signInWithPassword({
    email: editor.email,
    password: editor.password,
  })
  if (error) throw error
  const write = openRest(stack, data.session.access_token)
  return {
    old: (songId, tag) => write('PATCH', `songs?id=eq.${songId}`, { themes: [tag.name, 'Praise'] }),
    tag: (songId, tag) => write('POST', 'song_tags', { song_id: songId, tag_id: tag.id }),
    untag: (songId, tag) => write('DELETE', `song_tags?song_id=eq.${songId}&tag_id=eq.${tag.id}`),
  }
}

function openRest({ apiUrl, publishableKey }: OwnStack, token: string) {
  const agent = new Agent({ keepAlive: true })
  const headers = {
    apikey: publishableKey,
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    prefer: 'return=minimal',
  }
  return (method: string, path: string, body?: object): Promise<string | null> =>
    new Promise((resolve) => {
      const sent = request(`${apiUrl}/rest/v1/${path}`, { agent, method, headers }, (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (part: string) => {
          text += part
        })
        answer.on('end', () => resolve(answer.statusCode && answer.statusCode < 300 ? null : text))
      })
      sent.on('error', (error) => resolve(error.message))
      sent.end(body === undefined ? undefined : JSON.stringify(body))
    })
}
