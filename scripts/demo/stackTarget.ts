import { type Connection, connect } from '../../src/features/tags/scripts/connect.ts'
import type { Session } from '../../src/features/tags/scripts/session.ts'
import type { RunningStack } from '../stack/findRunningStack.ts'

/** A new look at a stack that this process started, for one of the migration's commands. */
export function connectToStack(stack: RunningStack, session: Session): Promise<Connection> {
  return connect(session, {
    url: stack.apiUrl,
    key: stack.secretKey,
    name: 'the embedded stack',
    host: new URL(stack.apiUrl).host,
    isHosted: false,
    close: async () => {},
  })
}
