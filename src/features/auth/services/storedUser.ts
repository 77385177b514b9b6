import * as z from 'zod/mini'
import { SESSION_KEY } from '../../../lib/supabase.ts'

const storedSchema = z.object({
  user: z.object({
    id: z.string(),
    email: z.optional(z.string()),
    user_metadata: z.object({ name: z.optional(z.unknown()) }),
  }),
})

export type StoredUser = z.infer<typeof storedSchema>['user']

/**
 * Whose session is stored, whether or not its token still holds: where it has run out and there is no connection to renew
 * it, supabase-js says that there is none.
 */
export function storedUser(): StoredUser | null {
  try {
    return storedSchema.parse(JSON.parse(localStorage.getItem(SESSION_KEY) ?? 'null')).user
  } catch {
    return null
  }
}
