import * as z from 'zod/mini'
import { alertNoticeSchema } from '../alertNotice.ts'
import { alertRules } from '../alertRules.ts'
import type { AlertChannel } from './alertChannel.ts'
import { alertMessage } from './alertMessage.ts'

/** What tag_alerts_due answers. */
export const dueNoticesSchema = z.array(
  z.object({
    id: z.number(),
    notice: alertNoticeSchema,
    delivered: z.array(z.string()),
  }),
)

type DueNotice = z.infer<typeof dueNoticesSchema>[number]

export interface Delivery {
  id: number
  /** Names of the channels that have it now. */
  delivered: string[]
  /** What went wrong with the others. */
  failures: string[]
}

/** Tells each channel that was not told yet. One that fails does not keep the others from it. */
export async function deliverNotice(
  { id, notice, delivered }: DueNotice,
  channels: readonly AlertChannel[],
  runbook: string,
): Promise<Delivery> {
  const rule = alertRules.find((one) => one.id === notice.rule)
  // A rule that a later release has taken away.
  if (rule === undefined) return { id, delivered: [], failures: [] }
  const message = alertMessage(notice, rule, runbook)
  const open = channels.filter(({ name }) => !delivered.includes(name))
  const outcomes = await Promise.allSettled(open.map((channel) => channel.send(message, String(id))))
  return {
    id,
    delivered: open.filter((_, place) => outcomes[place]?.status === 'fulfilled').map(({ name }) => name),
    failures: outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : [])),
  }
}
