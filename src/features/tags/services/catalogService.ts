import * as z from 'zod/mini'
import { getSupabase } from '../../../lib/supabase.ts'
import { unwrap } from '../../../lib/unwrap.ts'
import { catalogTagSchema } from './catalogTag.ts'

const tags = z.array(catalogTagSchema)
/** All tags, what has changed of them, or the most used ones of too many. */
export const catalogAnswerSchema = z.union([
  z.object({ unchanged: z.literal(true) }),
  z.object({ version: z.string(), tags }),
  z.object({
    version: z.string(),
    changed: tags,
    gone: z.array(z.object({ id: z.string(), into: z.nullable(z.string()) })),
  }),
  z.object({ version: z.string(), top: tags }),
])

type CatalogAnswer = z.infer<typeof catalogAnswerSchema>

/**
 * The vocabulary, or what has changed of it since a version that this has answered before. `top` is the hundred most used
 * tags, of too many. @throws ServiceError
 */
export async function fetchCatalog(since: string | null, signal: AbortSignal): Promise<CatalogAnswer> {
  const response = await getSupabase()
    .rpc('tag_catalog', since === null ? {} : { p_since: since })
    .abortSignal(signal)
  return catalogAnswerSchema.parse(unwrap('read the tags', response))
}
