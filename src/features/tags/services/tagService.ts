import * as z from 'zod/mini'
import { foldName } from '../../../lib/folding.ts'
import { storableText } from '../../../lib/storableText.ts'
import { getSupabase } from '../../../lib/supabase.ts'
import { unwrap } from '../../../lib/unwrap.ts'
import type { CatalogTag, Suggestion } from '../catalog/types.ts'
import type { TagCategory } from '../types.ts'
import { catalogTagSchema } from './catalogTag.ts'

/** The tag with this id, or the one that it was merged into; null when it is gone or banned. @throws ServiceError */
export async function fetchTagById(id: string, signal: AbortSignal): Promise<CatalogTag | null> {
  const response = await getSupabase()
    .rpc('tags_by_id', { p_tags: [id] })
    .abortSignal(signal)
  return z.array(catalogTagSchema).parse(unwrap('read the tag', response))[0] ?? null
}

/** The most used tags, most used first; at most 1000. @throws ServiceError */
export async function fetchPopularTags(limit: number, signal: AbortSignal): Promise<CatalogTag[]> {
  const response = await getSupabase().rpc('popular_tags', { p_limit: limit }).abortSignal(signal)
  return z.array(catalogTagSchema).parse(unwrap('read the most used tags', response))
}

/** What the server suggests for a query. Highlights are for whoever shows them. */
export interface SuggestedTags {
  /** The query, folded. */
  query: string
  /** No other tag has a name, or a word in one, that begins with the query. */
  complete: boolean
  /** Best first. */
  suggestions: readonly Omit<Suggestion, 'highlights'>[]
}

const suggestedSchema = z.object({
  complete: z.boolean(),
  suggestions: z.array(
    z.object({
      tag: catalogTagSchema,
      kind: z.enum(['exact', 'prefix', 'word-prefix', 'infix', 'typo']),
      via: z.nullable(z.string()),
    }),
  ),
})

/** Longer than any name and its folding, so that it is no beginning of one. */
const LONGEST_QUERY = 100

/**
 * Tags for a query of any text, found by the server. Asks nothing for a query that no name can begin with.
 * @param limit suggestions at most; 100 at most @throws ServiceError
 */
export async function suggestTags(
  query: string,
  { limit, chosen }: { limit: number; chosen: readonly string[] },
  signal: AbortSignal,
): Promise<SuggestedTags> {
  // The folded query holds no NUL and no lone surrogate, which Postgres refuses.
  const folded = foldName(query.length > LONGEST_QUERY ? '' : query)
  if (folded === '') return { query: folded, complete: false, suggestions: [] }
  const response = await getSupabase()
    .rpc('suggest_tags', { p_query: folded, p_limit: limit, p_chosen: [...chosen] })
    .abortSignal(signal)
  return { query: folded, ...suggestedSchema.parse(unwrap('find tags', response)) }
}

/** How usually other tags go with all of these, 0 to 1, by id: the share of songs that carry both. @throws ServiceError */
export async function fetchCompanions(
  tagIds: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const response = await getSupabase()
    .rpc('tag_companions', { p_tags: [...tagIds] })
    .abortSignal(signal)
  const rows = unwrap('find tags that go with the chosen ones', response)
  return new Map(rows.map(({ tag_id, share }) => [tag_id, share]))
}

const createdSchema = z.object({ created: z.boolean(), tag: catalogTagSchema })

/** @param colour `#rrggbb` */
export interface NewTag {
  name: string
  category: TagCategory
  colour?: string
}

/**
 * Makes a custom tag. When one has this name or synonym already, in whatever spelling, the answer is that one and nothing
 * is made. @throws ServiceError 42501 when it is banned or nobody is signed in, 23514 when a tag cannot be called that
 */
export async function createTag({ name, category, colour }: NewTag) {
  const response = await getSupabase().rpc('create_tag', {
    p_name: storableText(name),
    p_category: category,
    ...(colour !== undefined && { p_colour: colour }),
  })
  return createdSchema.parse(unwrap('make the tag', response))
}
