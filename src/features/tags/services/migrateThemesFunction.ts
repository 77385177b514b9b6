import * as z from 'zod/mini'
import { apiUrl } from '../../../lib/apiUrl.ts'
import { validEnv } from '../../../lib/env.ts'
import { getSupabase } from '../../../lib/supabase.ts'
import type { RollbackForm } from '../migration/rollbackForm.ts'

/** What the page asks the edge function for. */
export type WorkCommand =
  | { action: 'advance'; start?: boolean; resume?: boolean; plan?: string; song?: string }
  | ({ action: 'rollback'; run: string } & RollbackForm)
  | { action: 'finalize'; quietDays: number; songs: number }

const requirementSchema = z.object({ name: z.string(), ok: z.boolean(), advice: z.string() })
const answerSchema = z.object({
  outcome: z.string(),
  again: z._default(z.boolean(), false),
  message: z.optional(z.string()),
  advice: z.optional(z.string()),
  /** Why it was refused. */
  reason: z.optional(z.string()),
  requirements: z.optional(z.array(requirementSchema)),
  /** Of a drift check: whether it was the last of its round. */
  isRoundComplete: z.optional(z.boolean()),
})
export type WorkAnswer = z.infer<typeof answerSchema>

/** The edge function does not answer, or not as it should. */
export class FunctionFailure extends Error {
  override name = 'FunctionFailure'
  /** Whether there is none at that address. */
  readonly isAbsent: boolean

  constructor(message: string, isAbsent: boolean, cause?: unknown) {
    super(message, { cause })
    this.isAbsent = isAbsent
  }
}

/** Whether the edge function is deployed. @throws FunctionFailure when that cannot be told */
export async function isFunctionServed(signal: AbortSignal): Promise<boolean> {
  try {
    await askFunction({ action: 'status' }, signal)
    return true
  } catch (error) {
    if (error instanceof FunctionFailure && error.isAbsent) return false
    throw error
  }
}

/** One call, which works for some seconds at most. @throws FunctionFailure */
export async function askFunction(
  command: WorkCommand | { action: 'status' | 'drift' },
  signal?: AbortSignal,
): Promise<WorkAnswer> {
  const response = await post(command, signal)
  const answer = answerSchema.safeParse(await response.json().catch(() => undefined))
  // Hosted Supabase answers 404 where nothing is deployed; a server of files alone answers 405 to a POST.
  if (response.status === 404 || (response.status === 405 && !answer.success))
    throw new FunctionFailure('The edge function is not deployed.', true)
  if (!answer.success) throw new FunctionFailure(`The edge function answered with ${response.status}.`, false)
  if (answer.data.outcome === 'refused')
    throw new FunctionFailure(answer.data.reason ?? 'The edge function refused it.', false)
  return answer.data
}

/** Every song and every tag, checked against what must hold, stretch by stretch. @throws FunctionFailure */
export async function checkDriftOnceAround(): Promise<void> {
  // What is under way may be in the middle of a round; what it has passed by then is not looked at again.
  await toTheEndOfTheRound()
  await toTheEndOfTheRound()
}

async function toTheEndOfTheRound(): Promise<void> {
  for (;;) {
    const { isRoundComplete, outcome, message } = await askFunction({ action: 'drift' })
    if (outcome !== 'drift') throw new FunctionFailure(message ?? 'The check was not done.', false)
    if (isRoundComplete) return
  }
}

async function post(command: object, signal: AbortSignal | undefined): Promise<Response> {
  const { VITE_SUPABASE_URL: url, VITE_SUPABASE_PUBLISHABLE_KEY: apikey } = validEnv()
  const { data } = await getSupabase().auth.getSession()
  try {
    return await fetch(apiUrl(url, 'functions/v1/migrate-themes'), {
      method: 'POST',
      headers: {
        apikey,
        authorization: `Bearer ${data.session?.access_token ?? ''}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(command),
      ...(signal ? { signal } : {}),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new FunctionFailure('The edge function does not answer.', false, error)
  }
}
