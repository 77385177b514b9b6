import type { SupabaseClient } from '@supabase/supabase-js'
import type { Database } from '../../src/lib/database.types.ts'
import { RoleRefused } from './roleRefused.ts'

export type Role = Database['public']['Enums']['app_role']

/** Somebody's role, and since when (ISO 8601). */
export type RoleGrant = Database['public']['Functions']['list_roles']['Returns'][number]

type Client = SupabaseClient<Database>

/** What the database raises for an address that nobody has signed up with. */
const NO_DATA_FOUND = 'P0002'

/** Postgres: no right to call it; PostgREST: not even shown to this key. */
const FORBIDDEN = ['42501', 'PGRST202']

/** Gives a role; giving it twice is fine. @param client With the secret key. @throws RoleRefused */
export async function grantRole(client: Client, email: string, role: Role): Promise<void> {
  const { error, status } = await client.rpc('grant_role', { p_email: email, p_role: role })
  if (error) throw refused(`grant ${role} to ${email}`, error, status)
}

/** Takes a role away, whether it was held or not. @param client With the secret key. @throws RoleRefused */
export async function revokeRole(client: Client, email: string, role: Role): Promise<void> {
  const { error, status } = await client.rpc('revoke_role', { p_email: email, p_role: role })
  if (error) throw refused(`revoke ${role} from ${email}`, error, status)
}

/** Everyone's roles by e-mail address. @param client With the secret key. @throws RoleRefused */
export async function listRoles(client: Client): Promise<RoleGrant[]> {
  const { data, error, status } = await client.rpc('list_roles')
  if (error) throw refused('list the roles', error, status)
  return data
}

interface Failure {
  code: string
  message: string
}

function refused(doing: string, failure: Failure, status: number): RoleRefused {
  return new RoleRefused(`Could not ${doing}: ${reasonFor(failure, status)}`, { cause: failure })
}

function reasonFor({ code, message }: Failure, status: number): string {
  if (status === 0) return 'the server does not answer; is SUPABASE_URL right, and is it running?'
  if (code === NO_DATA_FOUND) return 'nobody has signed up with this address; sign up in the app first.'
  if (status === 401 || FORBIDDEN.includes(code)) {
    return 'this key may not; set SUPABASE_SECRET_KEY to the secret one.'
  }
  // Supabase Lite hides the SQLSTATE of a raised exception and puts the driver's class before its message.
  return message.replace(/^PostgresError: /, '') || `the server answered ${status} and gave no reason.`
}
