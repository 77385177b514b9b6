import * as z from 'zod/mini'
import { Constants } from '../../../lib/database.types.ts'
import { retryOnce } from '../../../lib/retryOnce.ts'
import { ServiceError } from '../../../lib/ServiceError.ts'
import { unwrap } from '../../../lib/unwrap.ts'
import { EditConflict } from './EditConflict.ts'

const editedSchema = z.object({
  version: z.number(),
  /** In the order in which they are shown. */
  tags: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      normalized_name: z.string(),
      category: z.enum(Constants.public.Enums.tag_category),
    }),
  ),
})

export type EditedSong = z.infer<typeof editedSchema>

export const addedSchema = z.extend(editedSchema, { id: z.string() })

export type AddedSong = z.infer<typeof addedSchema>

type Failure = { code: string; message: string }
type Answer =
  | { data: unknown; error: null; status: number }
  | { data: unknown; error: Failure; status: number }

/** Sends an edit that carries a version. @throws EditConflict, ServiceError */
export async function editSong(doing: string, send: () => PromiseLike<Answer>): Promise<EditedSong> {
  const answer = await retryOnce(send)
  try {
    return editedSchema.parse(unwrap(doing, answer))
  } catch (error) {
    if (error instanceof ServiceError && error.code === 'PT409')
      throw new EditConflict(versionIn(error.cause), error)
    throw error
  }
}

const conflictSchema = z.object({ details: z.string() })
const detailsSchema = z.object({ version: z.number() })

function versionIn(cause: unknown): number | undefined {
  const conflict = conflictSchema.safeParse(cause)
  if (!conflict.success) return undefined
  try {
    return detailsSchema.parse(JSON.parse(conflict.data.details)).version
  } catch {
    return undefined
  }
}
