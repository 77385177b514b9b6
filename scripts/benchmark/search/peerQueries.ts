import type { SupabaseClient } from '@supabase/supabase-js'
import type { Database } from '../../../src/lib/database.types.ts'
import type { SongFilter } from '../../testing/plainSearch.ts'

type Client = SupabaseClient<Database>
type Category = Database['public']['Enums']['tag_category']

/** What is to be counted beside the page: as many questions as the answer of `search_songs` has counts. */
export interface Counted {
  tags: readonly string[]
  categories: readonly Category[]
  keys: readonly string[]
  difficulties: readonly number[]
  tempos: readonly number[]
}

/** A page of songs and its facets, with plain queries: what a Supabase user would write without a function. */
export async function searchPlainly(client: Client, search: SongFilter, counted: Counted): Promise<void> {
  const page = select(client, search, 'id, title, artist, tags:song_tags(tags(id, name, category))', {})
  await answered(page.order('title').order('id').limit(30))
  const counts = [
    ...counted.tags.map((tag) => ({ tag })),
    ...counted.categories.map((category) => ({ category })),
    ...counted.keys.map((key) => ({ key })),
    ...counted.difficulties.map((difficulty) => ({ difficulty })),
    ...counted.tempos.map((tempo) => ({ tempo })),
  ]
  await Promise.all(
    [{}, ...counts].map((facet) =>
      answered(select(client, search, 'id', facet, { count: 'exact', head: true })),
    ),
  )
}

interface Facet {
  tag?: string
  category?: Category
  key?: string
  difficulty?: number
  tempo?: number
}

function select(
  client: Client,
  {
    p_all = [],
    p_any = [],
    p_keys = [],
    p_difficulty_from,
    p_difficulty_to,
    p_tempo_from,
    p_tempo_to,
  }: SongFilter,
  columns: string,
  facet: Facet,
  options: { count?: 'exact'; head?: boolean } = {},
) {
  const all = facet.tag === undefined ? p_all : [...p_all, facet.tag]
  const byArrangement =
    p_keys.length > 0 ||
    [p_difficulty_from, p_tempo_from, facet.key, facet.difficulty, facet.tempo].some(
      (one) => one !== undefined,
    )
  const embedded = [
    columns,
    ...all.map((_, index) => `all${index}:song_tags!inner(tag_id)`),
    ...(p_any.length > 0 ? ['any:song_tags!inner(tag_id)'] : []),
    ...(facet.category === undefined ? [] : ['of:song_tags!inner(tags!inner(category))']),
    ...(byArrangement ? ['arrangements!inner(id)'] : []),
  ]
  let query = client.from('songs').select(embedded.join(', '), options)
  for (const [index, tag] of all.entries()) query = query.eq(`all${index}.tag_id`, tag)
  if (p_any.length > 0) query = query.in('any.tag_id', p_any)
  if (facet.category !== undefined) query = query.eq('of.tags.category', facet.category)
  if (facet.key !== undefined) query = query.eq('arrangements.key', facet.key)
  else if (p_keys.length > 0) query = query.in('arrangements.key', p_keys)
  if (facet.difficulty !== undefined) query = query.eq('arrangements.difficulty', facet.difficulty)
  else if (p_difficulty_from !== undefined)
    query = query
      .gte('arrangements.difficulty', p_difficulty_from)
      .lte('arrangements.difficulty', p_difficulty_to)
  if (facet.tempo !== undefined)
    query = query.gte('arrangements.tempo', facet.tempo).lte('arrangements.tempo', facet.tempo + 19)
  else if (p_tempo_from !== undefined)
    query = query.gte('arrangements.tempo', p_tempo_from).lte('arrangements.tempo', p_tempo_to)
  return query
}

async function answered(query: PromiseLike<{ error: { message: string } | null }>): Promise<void> {
  const { error } = await query
  if (error !== null) throw new Error(error.message, { cause: error })
}
