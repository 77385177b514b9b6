import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { evaluateAlerts } from '../../../src/features/tags/monitoring/alerting.ts'
import { alertLookSchema } from '../../../src/features/tags/monitoring/alertLook.ts'
import { alertRules } from '../../../src/features/tags/monitoring/alertRules.ts'
import {
  deliverNotice,
  dueNoticesSchema,
} from '../../../src/features/tags/monitoring/channels/deliverNotice.ts'
import type { Database } from '../../../src/lib/database.types.ts'
import { channelsOf } from './channelsOf.ts'
import type { Settings } from './settings.ts'

export interface Looked {
  outcome: 'done'
  /** Rules that were raised, and that are over, just now. */
  raised: string[]
  resolved: string[]
  /** Notices that were told to a channel, and tries that failed. */
  sent: number
  failed: number
}

/** Looks at all rules once, over everybody, keeps what was found and sends what is due. @throws Error */
export async function lookForAlerts(settings: Settings): Promise<Looked> {
  const client = createClient<Database>(settings.url, settings.secretKey, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  })
  const { raised, resolved } = await evaluate(client)
  const { sent, failed } = await sendDue(client, settings)
  // Nobody else calls it on a schedule.
  answered(await client.rpc('tag_metrics_retain'))
  return { outcome: 'done', raised, resolved, sent, failed }
}

async function evaluate(client: SupabaseClient<Database>): Promise<Pick<Looked, 'raised' | 'resolved'>> {
  const windows = [...new Set(alertRules.map(({ windowSeconds }) => windowSeconds))]
  const look = alertLookSchema.parse(answered(await client.rpc('tag_alerts_look', { p_windows: windows })))
  const { states, notices } = evaluateAlerts(
    alertRules,
    ({ signal, windowSeconds }) => look.engine[signal] ?? look.browsers[windowSeconds]?.[signal],
    look.states,
    look.now,
  )
  const isKept = answered(
    await client.rpc('tag_alerts_record', {
      p_version: look.version,
      p_states: JSON.parse(JSON.stringify(states)),
      p_notices: JSON.parse(JSON.stringify(notices)),
    }),
  )
  // Somebody looked at the same time, and was first: what there is to say is said.
  if (!isKept) return { raised: [], resolved: [] }
  const rulesThatAre = (kind: string) =>
    notices.filter((notice) => notice.kind === kind).map(({ rule }) => rule)
  return { raised: rulesThatAre('raised'), resolved: rulesThatAre('resolved') }
}

async function sendDue(
  client: SupabaseClient<Database>,
  settings: Settings,
): Promise<Pick<Looked, 'sent' | 'failed'>> {
  const tally = { sent: 0, failed: 0 }
  const notices = dueNoticesSchema.parse(answered(await client.rpc('tag_alerts_due')))
  // Most of the time there is nothing to say, and nothing to load for it.
  if (notices.length === 0) return tally
  const channels = await channelsOf(settings)
  for (const due of notices) {
    const { id, delivered, failures } = await deliverNotice(due, channels, settings.runbook)
    tally.sent += delivered.length
    tally.failed += failures.length
    for (const message of failures) console.error(JSON.stringify({ notice: id, message }))
    answered(
      await client.rpc('tag_alerts_delivered', {
        p_notice: id,
        p_channels: delivered,
        p_is_settled: failures.length === 0,
      }),
    )
  }
  return tally
}

/** @throws Error */
function answered<Data>({ data, error }: { data: Data; error: { message: string } | null }): Data {
  if (error !== null) throw new Error(`The database answered: ${error.message}`)
  return data
}
