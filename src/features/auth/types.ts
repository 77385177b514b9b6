import type { Enums } from '../../lib/database.types.ts'

export type Role = Enums<'app_role'>

/** Who is signed in. The tokens stay inside supabase-js: nothing in a cache needs them. */
export type SignedInUser = { id: string; email: string; name: string }
