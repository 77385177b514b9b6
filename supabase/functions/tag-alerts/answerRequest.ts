import * as z from 'zod/mini'
import { equalInConstantTime } from '../_shared/equalInConstantTime.ts'
import { lookForAlerts } from './lookForAlerts.ts'
import { sendTest } from './sendTest.ts'
import type { Settings } from './settings.ts'

/** A command is a few words. */
const LONGEST_BODY = 1000

const commandSchema = z.strictObject({ action: z.enum(['evaluate', 'test']) })

/**
 * Answers `POST { action }` of the schedule, which knows the secret. evaluate: looks at all rules once and sends what is due.
 * test: sends a message that says so, to every channel.
 */
export async function answerRequest(request: Request, settings: Settings): Promise<Response> {
  const { status, body } = await answer(request, settings)
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
}

async function answer(request: Request, settings: Settings): Promise<{ status: number; body: object }> {
  if (request.method !== 'POST') return refuse(405, 'Only POST is answered.')
  const secret = request.headers.get('x-schedule-secret') ?? ''
  if (!(await equalInConstantTime(secret, settings.scheduleSecret)))
    return refuse(401, 'The secret is wrong.')
  const command = await readCommand(request)
  if (command === undefined) return refuse(400, 'Send { "action": "evaluate" | "test" }.')
  try {
    const body = command.action === 'test' ? await sendTest(settings) : await lookForAlerts(settings)
    return { status: 200, body }
  } catch (error) {
    // Without an alert about alerts: whoever calls sees that it did not answer 200, and the schedule calls again.
    console.error(
      JSON.stringify({ outcome: 'error', message: error instanceof Error ? error.message : 'unknown' }),
    )
    return { status: 500, body: { outcome: 'error', message: 'Unexpected failure; see the log.' } }
  }
}

function refuse(status: number, reason: string): { status: number; body: object } {
  return { status, body: { outcome: 'refused', reason } }
}

async function readCommand(request: Request): Promise<z.infer<typeof commandSchema> | undefined> {
  const text = await request.text()
  if (text.length > LONGEST_BODY) return undefined
  try {
    return commandSchema.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
