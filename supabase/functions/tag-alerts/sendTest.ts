import { alertRules } from '../../../src/features/tags/monitoring/alertRules.ts'
import { alertMessage } from '../../../src/features/tags/monitoring/channels/alertMessage.ts'
import { channelsOf } from './channelsOf.ts'
import type { Settings } from './settings.ts'

/** Sends one message, as if something had been wrong, to every channel. @returns what became of it, by channel */
export async function sendTest(
  settings: Settings,
): Promise<{ outcome: 'tested'; channels: Record<string, string> }> {
  const [rule] = alertRules
  if (rule === undefined) throw new Error('There is no rule.')
  const now = Date.now()
  const { threshold } = rule
  const notice = {
    rule: rule.id,
    kind: 'raised',
    at: now,
    since: now,
    value: threshold,
    worst: threshold,
    samples: 0,
  } as const
  const message = alertMessage(notice, rule, settings.runbook)
  const test = { ...message, rule: 'test', title: 'A test: this channel works', lines: ['Nothing is wrong.'] }
  const channels = await channelsOf(settings)
  const told = channels.map(async (channel): Promise<[string, string]> => {
    try {
      await channel.send(test, `test-${now}`)
      return [channel.name, 'sent']
    } catch (error) {
      return [channel.name, error instanceof Error ? error.message : 'failed']
    }
  })
  return { outcome: 'tested', channels: Object.fromEntries(await Promise.all(told)) }
}
