import type { Environment } from './environment.ts'
import { WrongUsage } from './wrongUsage.ts'

/** Newest first; the second is what projects had before `sb_secret_…` keys. */
const KEY_NAMES = ['SUPABASE_SECRET_KEY', 'SUPABASE_SERVICE_ROLE_KEY'] as const

/**
 * The secret key that the environment names, or undefined.
 * @throws WrongUsage when it can be seen without asking the server that the key is another kind
 */
export function readKey(env: Environment): string | undefined {
  const name = KEY_NAMES.find((one) => env[one]?.trim())
  const key = name && env[name]?.trim()
  if (!name || !key) return undefined
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new WrongUsage(`${name} has characters that no key has.`, 'Copy the secret key once more.')
  }
  if (key.startsWith('sb_publishable_') || roleOf(key) === 'anon') {
    throw new WrongUsage(
      `${name} is a publishable key, which may not migrate.`,
      'Set it to the secret key (sb_secret_…) of the same project.',
    )
  }
  return key
}

/** Every key that the environment holds, for taking them out of what is printed. */
export function keysIn(env: Environment): string[] {
  return KEY_NAMES.flatMap((name) => env[name]?.trim() || [])
}

/** The role in a legacy key, which is a signed token. */
function roleOf(key: string): unknown {
  const payload = key.split('.')[1]
  if (payload === undefined) return undefined
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString())
    return typeof claims === 'object' && claims !== null && 'role' in claims ? claims.role : undefined
  } catch {
    return undefined
  }
}
