import * as z from 'zod/mini'
import { validEnv } from '../../../lib/env.ts'
import { getSupabase } from '../../../lib/supabase.ts'
import { createMigrationClient } from '../migration/migrationClient.ts'
import { MigrationDatabase } from '../migration/migrationDatabase.ts'
import { sleepUntil } from '../migration/retry.ts'

/**
 * The engine's functions, called as the person who is signed in: through the one door that the database keeps for admins,
 * which answers what looks and what stops. Every other call fails with `forbidden`.
 */
export function openMigration(signal?: AbortSignal): MigrationDatabase {
  const { VITE_SUPABASE_URL: url, VITE_SUPABASE_PUBLISHABLE_KEY: key } = validEnv()
  return new MigrationDatabase(
    createMigrationClient(
      url,
      key,
      (input, init) => throughTheDoor(new Request(input, { ...init, signal: signal ?? null })),
      accessToken,
    ),
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
async function throughTheDoor(request: Request): Promise<Response> {
  const address = new URL(request.url)
  const [, call] = ENGINE.exec(address.pathname) ?? []
  if (call === undefined) return fetch(request)
  address.pathname = address.pathname.replace(ENGINE, '/rpc/administer_migration')
  const args = argumentsSchema.parse(await request.json())
  const { method, headers, redirect, signal } = request
  const body = JSON.stringify({ p_call: call, p_args: args })
  return fetch(address, { method, headers, redirect, signal, body })
}
