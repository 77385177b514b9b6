import * as z from 'zod/mini'
import { readEnv } from '../../../lib/env.ts'
import { getSupabase } from '../../../lib/supabase.ts'
import { createMigrationClient } from '../migration/migrationClient.ts'
import { MigrationDatabase } from '../migration/migrationDatabase.ts'
import { sleepUntil } from '../migration/retry.ts'

/**
 * The engine's functions, called as the person who is signed in: through the one door that the database keeps for admins,
 * which answers what looks and what stops. Every other call fails with `forbidden`.
 */
export function openMigration(signal?: AbortSignal): MigrationDatabase {
  const configuration = readEnv()
  if (!configuration.ok) throw new Error(`The app is not configured: ${configuration.problems.join('; ')}`)
  const { VITE_SUPABASE_URL: url, VITE_SUPABASE_PUBLISHABLE_KEY: key } = configuration.env
  return new MigrationDatabase(
    createMigrationClient(url, key, (input, init) => throughTheDoor(input, init, signal), accessToken),
    { maxRetries: 3, delayMs: 500, sleep: sleepUntil(signal), random: Math.random, onRetry: () => {} },
  )
}

const ENGINE = /\/rpc\/tag_migration_(\w+)$/
const argumentsSchema = z.record(z.string(), z.unknown())

async function accessToken(): Promise<string | null> {
  const { data } = await getSupabase().auth.getSession()
  return data.session?.access_token ?? null
}

/** The same call; one of the engine's functions goes to the door. */
function throughTheDoor(
  input: RequestInfo | URL,
  init: RequestInit | undefined,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const address = new URL(input instanceof Request ? input.url : input)
  const request = { ...init, ...(signal ? { signal } : {}) }
  const [, call] = ENGINE.exec(address.pathname) ?? []
  if (call === undefined) return fetch(address, request)
  address.pathname = address.pathname.replace(ENGINE, '/rpc/administer_migration')
  const args = argumentsSchema.parse(JSON.parse(typeof init?.body === 'string' ? init.body : '{}'))
  return fetch(address, { ...request, body: JSON.stringify({ p_call: call, p_args: args }) })
}
