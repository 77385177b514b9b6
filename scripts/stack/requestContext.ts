import type { ConnectionContextOptions, VarsContext } from '@supabase/lite'
import * as z from 'zod/mini'

const identitySchema = z.object({
  uid: z.nullish(z.string()),
  role: z._default(z.string(), 'anon'),
  jwt: z.nullish(z.record(z.string(), z.unknown())),
})

/** The role that a request is done as. */
export function roleOf(vars: VarsContext): string {
  return identitySchema.parse(vars.auth ?? {}).role
}

/**
 * The statements that open a request's transaction: its role and, as PostgREST sets them, what its functions and
 * policies may read about it. One message to the server instead of a dozen.
 */
export function openTransaction(vars: VarsContext, rpc: ConnectionContextOptions['rpc']): string {
  const { uid, role, jwt } = identitySchema.parse(vars.auth ?? {})
  const settings: [name: string, value: string][] = [
    ['role', role],
    ['request.jwt.claim.sub', uid ?? ''],
    ['request.jwt.claim.role', role],
  ]
  if (jwt) settings.push(['request.jwt.claims', JSON.stringify(jwt)])
  if (rpc !== undefined) {
    settings.push(
      ['response.status', ''],
      ['response.headers', ''],
      ['request.method', rpc.method],
      ['request.path', rpc.path],
      ['request.headers', JSON.stringify(rpc.requestHeaders ?? {})],
    )
  }
  const calls = settings.map(
    ([name, value]) => `pg_catalog.set_config(${literal(name)}, ${literal(value)}, true)`,
  )
  // An error in the second leaves the transaction failed: nothing can run in it with the wrong role.
  return `begin${rpc?.readOnly ? ' read only' : ''}; select ${calls.join(', ')}`
}

/** Safe whatever standard_conforming_strings is; a NUL, which no text in Postgres may hold, would end the message. */
function literal(text: string): string {
  return `E'${text.replaceAll('\0', '').replaceAll(/['\\]/g, '$&$&')}'`
}
