import type { SupabaseClient } from '@supabase/supabase-js'
import * as z from 'zod/mini'
import { applyDelta } from '../../src/features/tags/catalog/applyDelta.ts'
import type { CatalogSnapshot } from '../../src/features/tags/catalog/types.ts'
import { catalogAnswerSchema } from '../../src/features/tags/services/catalogService.ts'
import type { Database } from '../../src/lib/database.types.ts'
import { retryOnce } from '../../src/lib/retryOnce.ts'

export type Client = SupabaseClient<Database>

/** What somebody looks for, as the page's filters say it. */
export interface Search {
  text: string
  tag: string | null
  musicalKey: string | null
}

const foundSchema = z.object({ songs: z.array(z.object({ id: z.string() })), total: z.number() })

/** The calls of the app's services, which have one client for the whole page: here each person has one. */
export const calls = {
  async catalog(client: Client, previous: CatalogSnapshot | null): Promise<CatalogSnapshot> {
    const answer = await client.rpc('tag_catalog', previous === null ? {} : { p_since: previous.version })
    if (answer.error) throw answer.error
    const catalog = catalogAnswerSchema.parse(answer.data)
    if ('tags' in catalog) return catalog
    if (previous === null || 'top' in catalog)
      throw new Error('The server tells of a part of a catalogue that was never asked for.')
    return 'unchanged' in catalog ? previous : applyDelta(previous, catalog)
  },

  /** The first page, with what each further filter would find. */
  async search(client: Client, { text, tag, musicalKey }: Search): Promise<z.infer<typeof foundSchema>> {
    const answer = await client.rpc('search_songs', {
      p_text: text,
      p_all: tag === null ? [] : [tag],
      p_any: [],
      p_none: [],
      p_categories: [],
      p_keys: musicalKey === null ? [] : [musicalKey],
      p_sort: 'relevance',
      p_limit: 40,
      p_facets: true,
    })
    if (answer.error) throw answer.error
    return foundSchema.parse(answer.data)
  },

  async read(client: Client, song: string): Promise<void> {
    const answer = await client
      .from('songs')
      .select(
        'id, title, artist, song_tags(place, tags(id, name, normalized_name, category)), lyrics, version, created_by, arrangements(id, name, key, tempo, difficulty, time_signature)',
      )
      .eq('id', song)
      .maybeSingle()
    if (answer.error) throw answer.error
  },

  async tag(client: Client, song: string, tag: string): Promise<void> {
    const answer = await retryOnce(() => client.rpc('tag_song', { p_song: song, p_tags: [tag], p_names: [] }))
    if (answer.error) throw answer.error
  },

  async untag(client: Client, song: string, tag: string): Promise<void> {
    const answer = await retryOnce(() => client.rpc('untag_song', { p_song: song, p_tags: [tag] }))
    if (answer.error) throw answer.error
  },
}
