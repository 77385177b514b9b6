import type { AlertChannel } from './alertChannel.ts'

/** One line of JSON, which a log can be searched for. */
export const consoleChannel: AlertChannel = {
  name: 'console',
  send: async (message) => {
    const line = JSON.stringify({ alert: message.rule, ...message })
    if (message.kind === 'raised') console.warn(line)
    else console.info(line)
  },
}
