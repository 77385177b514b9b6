import type { ServerOptions } from '@supabase/lite'

/** What the App refuses, or takes the identity from, and never passes over. No API key is one. */
const WHOLE_TOKEN = /^Bearer eyJ[\w-]*\.[\w-]+\.[\w-]+$/

/** No id: whoever were served in its name would get an error. */
const NOBODY = 'not verified yet'

/**
 * Of each request with a token the App verifies it, looks up the user and the session and, where the request is for REST,
 * forgets all of it; then it verifies the token for good. The first it leaves out when it knows both already, so they
 * have a stand-in until the verified ones take its place. PostgREST looks nobody up either.
 */
export const skipUnusedLookups: NonNullable<ServerOptions['middlewares']>[number] = async (context, next) => {
  const { path } = context.req
  if (path.startsWith('/rest/v1/') && WHOLE_TOKEN.test(context.req.header('authorization') ?? '')) {
    context.set('userId', NOBODY)
    context.set('sessionId', NOBODY)
  }
  await next()
}
