import { createHmac } from 'node:crypto'
import { inject } from 'vitest'
import { serveFunction } from '../functions/serveFunction.ts'
import type { FunctionProcess } from '../functions/startDeno.ts'
import type { TestDatabase } from './testDatabase.ts'

const SCHEDULE_SECRET = 'a-secret-of-the-schedule-and-of-nobody-else'
export const onSchedule = { 'x-schedule-secret': SCHEDULE_SECRET }

/** The edge function over a test database that is served over HTTP. @param budgetMs how long one call works */
export function startFunction(database: TestDatabase, budgetMs?: number): Promise<FunctionProcess> {
  const { apiUrl, publishableKey, secretKey } = database
  return serveFunction({
    apiUrl,
    publishableKey,
    secretKey,
    scheduleSecret: SCHEDULE_SECRET,
    port: 0,
    ...(budgetMs === undefined ? {} : { budgetMs }),
  })
}

export async function stopFunction(served: FunctionProcess | undefined): Promise<void> {
  served?.child.kill()
  await served?.ended
}

/** Signs somebody up. @returns what her client sends with a request */
export async function headersOf(
  database: TestDatabase,
  role?: 'editor' | 'admin',
): Promise<{ authorization: string; id: string }> {
  const { client, id } = await database.signUp()
  if (role !== undefined)
    await database.sql`insert into public.user_roles (user_id, role) values (${id}, ${role})`
  const { data } = await client.auth.getSession()
  return { authorization: `Bearer ${data.session?.access_token}`, id }
}

/** A session token as the stack would make it, but for what is given. */
export function forgeToken(claims: object, secret?: string): string {
  const cluster = inject('testCluster')
  if (!cluster.ready) throw new Error(cluster.reason)
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ role: 'authenticated', aud: 'authenticated', ...claims })}`
  return `${signed}.${createHmac('sha256', secret ?? cluster.keys.jwtSecret)
    .update(signed)
    .digest('base64url')}`
}
