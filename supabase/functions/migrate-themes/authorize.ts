import { createClient } from '@supabase/supabase-js'
import type { Database } from '../../../src/lib/database.types.ts'
import { equalInConstantTime } from '../_shared/equalInConstantTime.ts'
import type { Settings } from './settings.ts'

const SCHEDULE_HEADER = 'x-schedule-secret'

export type Caller =
  | { kind: 'admin'; userId: string }
  | { kind: 'schedule' }
  | { kind: 'refused'; status: 401 | 403 | 503; reason: string }

/** A JSON Web Token. A secret key in its place must not reach the API, which would let it do everything. */
const TOKEN = /^Bearer ([\w-]+\.([\w-]+)\.[\w-]+)$/i

/** Who calls. The database says who is an admin, asked with the caller's own token. Writes nothing. */
export async function authorize(request: Request, settings: Settings): Promise<Caller> {
  const secret = request.headers.get(SCHEDULE_HEADER)
  if (secret !== null) return authorizeSchedule(secret, settings)
  const [, token, payload] = TOKEN.exec(request.headers.get('authorization') ?? '') ?? []
  if (token === undefined || payload === undefined) return refused(401, 'An admin has to sign in.')
  const client = createClient<Database>(settings.url, settings.publishableKey, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    accessToken: () => Promise.resolve(token),
  })
  const { data: isAdmin, error, status } = await client.rpc('is_admin')
  if (isAdmin === true) return { kind: 'admin', userId: subjectOf(payload) }
  if (isAdmin === false) return refused(403, 'Only an admin may do this.')
  return status >= 400 && status < 500 && error !== null
    ? refused(401, 'This session is not valid, or over.')
    : refused(503, 'The database does not answer.')
}

async function authorizeSchedule(secret: string, { scheduleSecret }: Settings): Promise<Caller> {
  const isRight = scheduleSecret !== null && (await equalInConstantTime(secret, scheduleSecret))
  return isRight ? { kind: 'schedule' } : refused(401, 'The secret is wrong.')
}

function refused(status: 401 | 403 | 503, reason: string): Caller {
  return { kind: 'refused', status, reason }
}

/** Whose token it is; to be asked only once the database has accepted it. */
function subjectOf(payload: string): string {
  try {
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')))
    return claims !== null && typeof claims === 'object' && 'sub' in claims ? String(claims.sub) : ''
  } catch {
    return ''
  }
}
