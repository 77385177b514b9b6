import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod/mini'
import type { ApiKeys } from './api.ts'

const keysSchema = z.object({
  publishableKey: z.string().check(z.startsWith('sb_publishable_')),
  secretKey: z.string().check(z.startsWith('sb_secret_')),
  jwtSecret: z.string().check(z.minLength(32)),
  postgresPassword: z.string().check(z.minLength(1)),
})

/** Everything secret about one install. */
export interface StackKeys extends ApiKeys {
  postgresPassword: string
}

/** Random keys in the form that Supabase gives them. */
export function generateKeys(): StackKeys {
  return {
    publishableKey: `sb_publishable_${randomBytes(24).toString('base64url')}`,
    secretKey: `sb_secret_${randomBytes(24).toString('base64url')}`,
    jwtSecret: randomBytes(32).toString('hex'),
    postgresPassword: randomBytes(24).toString('hex'),
  }
}

/**
 * Reads this install's keys, or makes them: once, so that a bookmarked session or a copied key survives restarts and
 * `--reset`. Only the file's owner can read it.
 *
 * @throws Error when the file is there but is no keys file: it is never overwritten
 */
export async function loadKeys(stackFolder: string): Promise<StackKeys> {
  const file = join(stackFolder, 'keys.json')
  await mkdir(stackFolder, { recursive: true })
  const fresh = `${JSON.stringify(generateKeys(), null, 2)}\n`
  try {
    await writeFile(file, fresh, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    // It may have come here by a copy of the folder, which forgets modes.
    await chmod(file, 0o600)
  }
  const parsed = keysSchema.safeParse(parseJson(await readFile(file, 'utf8')))
  if (!parsed.success) throw new Error(`${file} holds no valid keys: delete it together with its folder.`)
  return parsed.data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
