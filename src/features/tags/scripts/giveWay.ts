import { constants, setPriority } from 'node:os'

/** From now on every other process of this machine comes first: among them may be those that serve people. */
export function giveWay(): void {
  try {
    setPriority(constants.priority.PRIORITY_LOW)
  } catch {
    // The system does not let us: only time is lost.
  }
}
