import type { AlertMessage } from './alertMessage.ts'

/** Where people are told. */
export interface AlertChannel {
  name: 'console' | 'sentry' | 'webhook'
  /** @param id of the notice: the same when it is sent again. @throws Error when nobody was told */
  send(message: AlertMessage, id: string): Promise<void>
}
