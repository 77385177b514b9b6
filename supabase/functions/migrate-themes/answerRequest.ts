import { MigrationFailure } from '../../../src/features/tags/migration/migrationFailure.ts'
import { authorize, type Caller } from './authorize.ts'
import { type Command, commandSchema } from './commandSchema.ts'
import { corsHeaders } from './cors.ts'
import { obey } from './obey.ts'
import type { Settings } from './settings.ts'
import { withoutSecrets } from './withoutSecrets.ts'

/** A command is a few words. */
const LONGEST_BODY = 1000

/**
 * Answers `POST { action }` of an admin or the schedule with `{ outcome, … }`; everyone else is refused and leaves no
 * trace. Outcomes are data with status 200, also when a run is paused or has failed.
 */
export async function answerRequest(request: Request, settings: Settings): Promise<Response> {
  const headers = { ...corsHeaders(settings.origin), 'cache-control': 'no-store' }
  if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers })
  const { status, body } = await answer(request, settings)
  const text = withoutSecrets(JSON.stringify(body), settings)
  return new Response(text, { status, headers: { ...headers, 'content-type': 'application/json' } })
}

interface Answer {
  status: number
  body: object
}

async function answer(request: Request, settings: Settings): Promise<Answer> {
  if (request.method !== 'POST') return refuse(405, 'Only POST is answered.')
  const caller = await authorize(request, settings)
  if (caller.kind === 'refused') return refuse(caller.status, caller.reason)
  const command = await readCommand(request)
  if (command === undefined)
    return refuse(
      400,
      'Send { "action": "advance" | "status" | "drift" | "rollback" | "finalize" } with what it needs.',
    )
  if (wantsAPerson(command) && caller.kind === 'schedule')
    return refuse(403, 'A run is started, resumed, rolled back and finalized by a person.')
  return perform(command, settings, caller)
}

/** A schedule that starts runs would do again, the next minute, what a person has cancelled or rolled back. */
function wantsAPerson(command: Command): boolean {
  if (command.action === 'advance') return command.start || command.resume
  return command.action === 'rollback' || command.action === 'finalize'
}

async function perform(
  command: Command,
  settings: Settings,
  caller: Exclude<Caller, { kind: 'refused' }>,
): Promise<Answer> {
  const asker = caller.kind === 'admin' ? `for ${caller.userId}` : 'on schedule'
  try {
    const body = await obey(command, settings, `edge function ${asker}`)
    log(settings, { action: command.action, outcome: body.outcome })
    return { status: 200, body }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    log(settings, { action: command.action, outcome: 'error', message })
    if (!(error instanceof MigrationFailure)) {
      return { status: 500, body: { outcome: 'error', message: 'Unexpected failure; see the log.' } }
    }
    return { status: 200, body: { outcome: 'error', message, advice: error.advice } }
  }
}

function refuse(status: number, reason: string): Answer {
  return { status, body: { outcome: 'refused', reason } }
}

async function readCommand(request: Request): Promise<Command | undefined> {
  const text = await request.text()
  if (text.length > LONGEST_BODY) return undefined
  try {
    return commandSchema.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

function log(settings: Settings, line: Record<string, string>): void {
  console.log(withoutSecrets(JSON.stringify(line), settings))
}
