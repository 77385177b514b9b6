import { MigrationFailure } from '../migration/migrationFailure.ts'
import { type Connection, connect } from './connect.ts'
import type { Session } from './session.ts'
import { openTarget, type Target } from './target.ts'

/**
 * Opens the target, makes sure that it can be worked on, and stops afterwards what was started for it.
 * @param before asked with the target, before anything is sent to it
 */
export async function withTarget<Result>(
  session: Session,
  work: (connection: Connection) => Promise<Result>,
  before: (target: Target) => Promise<void> = async () => {},
): Promise<Result> {
  const { screen } = session
  const target = await openTarget(session.env, (message) => screen.wait(message))
  try {
    screen.clear()
    stopIfAsked(session)
    screen.line(screen.style.paint.dim(`On ${target.name}`))
    await before(target)
    return await work(await connect(session, target))
  } finally {
    await target.close()
  }
}

/** @throws MigrationFailure `stopped`, while nothing is written that would have to be saved */
export function stopIfAsked({ signal }: Pick<Session, 'signal'>): void {
  if (!signal.aborted) return
  throw new MigrationFailure('stopped', 'Stopped; nothing was changed.', { advice: 'Run the command again.' })
}
