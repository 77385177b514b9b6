import { type ContractRequirement, contractState, dropThemes } from './contractStep.ts'
import { DataValidator } from './dataValidator.ts'
import type { MigrationDatabase } from './migrationDatabase.ts'
import { MigrationFailure } from './migrationFailure.ts'
import { stopIfAsked } from './stopIfAsked.ts'
import { validateStanding } from './validateStanding.ts'

export interface ContractStep {
  /**
   * `not-confirmed`: the songbook has another number of songs. `too-large`: validating it takes longer than one call may.
   * `working`: the time was over while the themes were archived.
   */
  outcome: 'finalized' | 'not-ready' | 'not-confirmed' | 'too-large' | 'working' | 'try-later' | 'failed'
  /** Whether another call would go on. */
  again: boolean
  requirements?: ContractRequirement[]
  message?: string
  advice?: string
}

export interface ContractStepOptions {
  /** Days without themes written by an old client. */
  quietDays: number
  /** The number of songs, as a person has typed it: nobody types it by habit. */
  songs: number
  worker: string
  /** A signal of its own for each half: a validation that takes nearly all the time must not keep the rest from beginning. */
  validating: () => AbortSignal
  dropping: () => AbortSignal
}

/**
 * Archives and drops the old column when nothing is missing, for a limited time; called again, it goes on. Every song is
 * validated by this call itself.
 * @throws what is not a MigrationFailure
 */
export async function advanceContract(
  database: MigrationDatabase,
  options: ContractStepOptions,
): Promise<ContractStep> {
  const { quietDays, worker } = options
  let isValidated = false
  try {
    const { phase, songs, requirements } = await contractState(database, quietDays)
    if (phase === 'dropped') return { outcome: 'finalized', again: false }
    if (songs !== options.songs) return notConfirmed(songs)
    const asked = [...requirements, everySong(await isValid(database, options.validating()))]
    isValidated = true
    if (asked.some((one) => !one.ok)) return { outcome: 'not-ready', again: false, requirements: asked }
    await dropThemes(database, quietDays, { worker, signal: options.dropping() })
    return { outcome: 'finalized', again: false }
  } catch (error) {
    if (!(error instanceof MigrationFailure)) throw error
    const { code, message, advice, transient } = error
    if (code !== 'stopped')
      return { outcome: transient ? 'try-later' : 'failed', again: transient, message, advice }
    return isValidated ? { outcome: 'working', again: true } : TOO_LARGE
  }
}

/** The requirement that no one call of the database can answer. */
export function everySong(ok: boolean): ContractRequirement {
  return {
    name: 'every song is migrated and passes validation',
    ok,
    advice: 'See what differs with npm run validate -- --verbose.',
  }
}

async function isValid(database: MigrationDatabase, signal: AbortSignal): Promise<boolean> {
  const validator = new DataValidator(database, 1, () => stopIfAsked(signal))
  const { checks } = await validateStanding(database, validator, null, () => {})
  return checks.every((check) => check.ok)
}

function notConfirmed(songs: number): ContractStep {
  return {
    outcome: 'not-confirmed',
    again: false,
    message: `The songbook has ${songs} songs now.`,
    advice: 'Look at the list again, and type that number.',
  }
}

const TOO_LARGE: ContractStep = {
  outcome: 'too-large',
  again: false,
  message: 'Validating all songs takes longer than one call may.',
  advice: 'Finalize with: npm run migrate -- --finalize',
}
