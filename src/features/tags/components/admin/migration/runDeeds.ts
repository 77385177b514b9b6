import type { RunStatus } from '../../../migration/runStatus.ts'
import { isLively } from '../../../migration/statusFacts.ts'

/** Something that an admin can do about the run. */
export interface Deed {
  kind: 'start' | 'resume' | 'go-on' | 'pause' | 'cancel' | 'roll-back' | 'finalize'
  label: string
  isMain: boolean
  /** What does it in a terminal where there is no edge function; null for what the page does itself or asks first. */
  command: string | null
}

const resume: Deed = {
  kind: 'resume',
  label: 'Resume',
  isMain: true,
  command: 'npm run migrate -- --resume',
}
const pause: Deed = { kind: 'pause', label: 'Pause', isMain: true, command: null }
const cancel: Deed = { kind: 'cancel', label: 'Cancel run…', isMain: false, command: null }
const rollBack: Deed = { kind: 'roll-back', label: 'Roll back…', isMain: false, command: null }
const finalize: Deed = { kind: 'finalize', label: 'Finalize…', isMain: false, command: null }
const goOn: Deed = { kind: 'go-on', label: 'Go on', isMain: false, command: 'npm run migrate -- --join' }

/** @param isWorking whether this page has somebody work on it just now */
export function deedsFor(status: RunStatus, isWorking: boolean): Deed[] {
  switch (status.run?.status) {
    case undefined:
      return [start('Start migration')]
    case 'preparing':
    case 'running':
    case 'validating': {
      const isIdle = !isWorking && !status.workers.some((worker) => isLively(status, worker))
      return [pause, ...(isIdle ? [goOn] : []), cancel]
    }
    case 'paused':
    case 'failed':
      return [resume, cancel, rollBack]
    case 'cancelled':
      return [start('Migrate the rest'), rollBack]
    case 'complete':
      return [rollBack, finalize]
    case 'rolling_back':
      return isWorking ? [] : [{ ...rollBack, label: 'Go on rolling back…', isMain: true }]
    case 'rolled_back':
      return [start('Migrate again')]
  }
}

function start(label: string): Deed {
  return { kind: 'start', label, isMain: true, command: 'npm run migrate' }
}
