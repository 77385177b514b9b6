import * as z from 'zod/mini'

// What `supabase branches get --output json` says of a branch: among it are its secret key and its database's password.
const branchSchema = z.record(z.string(), z.string())

/**
 * The lines for a build's environment: of all that the Supabase CLI says, the two values that a browser may know.
 *
 * @throws Error that quotes nothing of what was read, when it describes no branch
 */
export function branchVariables(json: string): string {
  try {
    const branch = branchSchema.parse(JSON.parse(json))
    // Keys are named by people, and the newer ones may all be called the same: only the value tells which it is.
    const key =
      Object.values(branch).find((value) => value.startsWith('sb_publishable_')) ?? branch.SUPABASE_ANON_KEY
    const { origin } = new URL(branch.SUPABASE_URL ?? '')
    if (key && !/\s/.test(key)) return `VITE_SUPABASE_URL=${origin}\nVITE_SUPABASE_PUBLISHABLE_KEY=${key}\n`
  } catch {
    // Without its cause, which may quote a secret into a log.
  }
  throw new Error('Supabase did not describe a branch with an address and a publishable key.')
}
