import { resolve } from 'node:path'

/** The checkout's root folder. */
export const projectRoot = resolve(import.meta.dirname, '../..')

/** Where the migrations are that the stack, the tests and the Supabase CLI all apply. */
export const migrationsFolder = resolve(projectRoot, 'supabase/migrations')
