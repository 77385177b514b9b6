import * as z from 'zod/mini'
import { storableText } from '../../../lib/storableText.ts'
import { getSupabase } from '../../../lib/supabase.ts'
import { unwrap } from '../../../lib/unwrap.ts'
import type { Search } from '../types.ts'

const category = z.enum(['theme', 'occasion', 'liturgical', 'mood'])
const tag = { id: z.string(), name: z.string(), normalized_name: z.string(), category }
const span = z.nullable(z.tuple([z.number(), z.number()]))

const pageSchema = z.object({
  songs: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      artist: z.nullable(z.string()),
      /** In the order in which they are shown. */
      tags: z.array(z.object(tag)),
      keys: z.array(z.string()),
      /** The least and the most of its arrangements. */
      difficulty: span,
      tempo: span,
      /** A line of the lyrics, where only they matched. */
      lyrics: z.nullable(z.string()),
      /** Found in spite of a typo. */
      near: z.boolean(),
    }),
  ),
  /** Songs on all pages. */
  total: z.number(),
  /** Where the next page begins; null after the last. */
  next: z.nullable(z.string()),
  facets: z.nullable(
    z.object({
      /** `all` and `any`: songs that the search would find with the tag in that mode. */
      tags: z.array(z.object({ ...tag, all: z.number(), any: z.number() })),
      categories: z.array(z.object({ category, count: z.number() })),
      keys: z.array(z.object({ key: z.string(), count: z.number() })),
      difficulty: z.array(z.object({ difficulty: z.number(), count: z.number() })),
      tempo: z.array(z.object({ from: z.number(), to: z.number(), count: z.number() })),
    }),
  ),
})

export type SearchPage = z.infer<typeof pageSchema>
export type FoundSong = SearchPage['songs'][number]
export type Facets = NonNullable<SearchPage['facets']>

const PAGE_SIZE = 40

/**
 * A page of the songs that a search finds; the first one with what each further filter would find.
 *
 * @param after `next` of the page before; null for the first @throws ServiceError
 */
export async function searchSongs(
  search: Search,
  after: string | null,
  signal: AbortSignal,
): Promise<SearchPage> {
  const { difficulty, tempo } = search
  const response = await getSupabase()
    .rpc('search_songs', {
      p_text: storableText(search.text),
      p_all: search.all.map(storableText),
      p_any: search.any.map(storableText),
      p_none: search.none.map(storableText),
      p_categories: [...search.categories],
      p_keys: search.keys.map(storableText),
      ...(difficulty?.from != null && { p_difficulty_from: difficulty.from }),
      ...(difficulty?.to != null && { p_difficulty_to: difficulty.to }),
      ...(tempo?.from != null && { p_tempo_from: tempo.from }),
      ...(tempo?.to != null && { p_tempo_to: tempo.to }),
      p_sort: search.sort,
      ...(after !== null && { p_after: after }),
      p_limit: PAGE_SIZE,
      p_facets: after === null,
    })
    .abortSignal(signal)
  return pageSchema.parse(unwrap('search the songs', response))
}

/** Whether what a storage held is a page: another version of the app may have written it. */
export function isSearchPage(data: unknown): data is SearchPage {
  return pageSchema.safeParse(data).success
}
