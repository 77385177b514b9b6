import * as z from 'zod/mini'

const codeSchema = z.object({ code: z.string() })

export type Verdict = 'passing' | 'refused' | 'wrong'

/** Connection trouble in the driver's own words. */
const DRIVER = /^LINK_LOST$/
/** Connection exceptions, serialization failure and deadlock, lock not available, shut down. */
const PASSING = /^(08...|40...|55P03|57P0.)$/

/** Whether an app would try again, tell the person that it is not allowed, or has met an error. */
export function verdictOn(error: unknown): Verdict {
  const code = codeSchema.safeParse(error).data?.code ?? ''
  if (DRIVER.test(code) || PASSING.test(code)) return 'passing'
  return REFUSALS.has(code) ? 'refused' : 'wrong'
}

/** A version that is stale, a song that somebody has deleted meanwhile, by either interface. */
const REFUSALS = new Set(['PT409', 'PT404', '23503'])
