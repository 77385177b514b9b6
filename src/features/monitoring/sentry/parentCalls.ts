import { getActiveSpan, startSpan } from '@sentry/react'
import type { SupabaseClient } from '@supabase/supabase-js'
import type { Database } from '../../../lib/database.types.ts'

type Method = (this: unknown, ...args: unknown[]) => unknown

/**
 * Gives every call of the client a span to be part of. The SDK's integration traces only calls that have one; for any other
 * it makes a span that records nothing active until the answer is there, and what starts meanwhile is lost with it.
 * Call it after the integration was set up.
 */
export function parentCalls(client: SupabaseClient<Database>): void {
  // The one class that all queries and function calls share; it is not exported. Nothing is sent by making a query.
  const builders: object = Object.getPrototypeOf(client.from('songs').select('id'))
  parent(builders, 'then')
  parent(client.auth, 'signInWithPassword')
  parent(client.auth, 'signOut')
}

function parent(owner: object, name: string): void {
  const call: Method = Reflect.get(owner, name)
  // A proxy still carries the mark of the integration, which would wrap any other function once more, around it.
  const parented = new Proxy(call, {
    apply: (target, self, args) => {
      const run = () => Reflect.apply(target, self, args)
      return getActiveSpan() ? run() : startSpan({ name: 'supabase', op: 'function' }, run)
    },
  })
  Reflect.set(owner, name, parented)
}
