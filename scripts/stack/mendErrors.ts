import * as z from 'zod/mini'

/** What the App answers to most database errors: status 500, and this code in place of the SQLSTATE. */
const UNKNOWN = 'SUP'

const answerSchema = z.object({ code: z.string() })

const databaseError = z.object({
  code: z.string(),
  message: z.string(),
  detail: z.optional(z.string()),
  hint: z.optional(z.string()),
})

/** Statuses as PostgREST gives them, by SQLSTATE or its class; the first that fits. Anything else is 400. */
const STATUSES: readonly (readonly [prefix: string, status: number])[] = [
  ['08', 503],
  ['09', 500],
  ['0L', 403],
  ['0P', 403],
  ['23503', 409],
  ['23505', 409],
  ['25006', 405],
  ['25', 500],
  ['28', 403],
  ['2D', 500],
  ['38', 500],
  ['39', 500],
  ['3B', 500],
  ['40', 500],
  ['42883', 404],
  ['42P01', 404],
  ['42P17', 500],
  ['53400', 500],
  ['53', 503],
  ['54', 500],
  ['55', 500],
  ['57P01', 503],
  ['57', 500],
  ['58', 500],
  ['F0', 500],
  ['HV', 500],
  ['P0001', 400],
  ['P0', 500],
  ['XX', 500],
]

/**
 * Gives an answer the SQLSTATE and the status that PostgREST would have given it, so that a client's retries see here
 * what they will see when hosted. Other answers are passed on as they are.
 *
 * @param printed what the App printed as errors while it answered; the database's own is among it
 */
export async function mendErrors(response: Response, printed: readonly unknown[]): Promise<Response> {
  if (response.status !== 500 || response.headers.get('content-type')?.includes('json') !== true)
    return response
  const answer = answerSchema.safeParse(await response.clone().json()).data
  const error = printed
    .map((what) => databaseError.safeParse(what))
    .findLast((parsed) => parsed.success)?.data
  if (error === undefined || (answer?.code !== UNKNOWN && answer?.code !== error.code)) return response

  const isSqlState = /^[0-9A-Z]{5}$/.test(error.code)
  // What is no SQLSTATE is the driver's: no connection, or one that broke.
  const { status, code } = isSqlState
    ? { status: statusOf(error.code), code: error.code }
    : { status: 503, code: 'PGRST001' }
  const body = { code, message: error.message, details: error.detail ?? null, hint: error.hint ?? null }
  const headers = new Headers(response.headers)
  headers.delete('content-length')
  return Response.json(body, { status, headers })
}

function statusOf(sqlState: string): number {
  // A function's own choice of a status: PT409 is 409.
  const chosen = /^PT([2-5]\d\d)$/.exec(sqlState)?.[1]
  if (chosen !== undefined) return Number(chosen)
  return STATUSES.find(([prefix]) => sqlState.startsWith(prefix))?.[1] ?? 400
}
