import type * as z from 'zod/mini'
import { isBeyond } from './isBeyond.ts'
import type { fencedSchema, Run } from './migrationDatabase.ts'
import { type FailureCode, MigrationFailure } from './migrationFailure.ts'

type FencedAnswer = z.infer<typeof fencedSchema>

/** The run is not this worker's any more, or not in the state that the call was meant for. */
export class Fenced extends MigrationFailure {
  readonly answer: FencedAnswer

  constructor(code: FailureCode, message: string, advice: string, answer: FencedAnswer) {
    super(code, message, { advice, detail: `epoch ${answer.epoch}` })
    this.answer = answer
  }
}

/** The answer to a worker that is fenced: somebody stopped the run, has it now, or moved it on. */
export function takenOver(answer: FencedAnswer): Fenced {
  const who = answer.worker || 'another worker'
  switch (answer.status) {
    case 'paused':
      return new Fenced(
        'paused',
        `The run was paused by ${who}; everything done is saved.`,
        'Go on with: npm run migrate -- --resume',
        answer,
      )
    case 'cancelled':
      return new Fenced(
        'cancelled',
        `The run was cancelled by ${who}; what it did stays.`,
        'Migrate the rest with: npm run migrate, or take it back with: npm run rollback',
        answer,
      )
    default:
      return new Fenced(
        'taken-over',
        `The run was taken over by ${who}; it is ${answer.status.replace('_', ' ')} now.`,
        answer.status === 'rolling_back'
          ? 'See it with: npm run migrate -- --status'
          : 'Leave it to the other one, or take it back with: npm run migrate -- --resume',
        answer,
      )
  }
}

/** Whether a worker of the same session was faster in finding nothing left: there is nothing wrong then. */
export function isDoneByOthers(error: unknown, run: Run): boolean {
  return error instanceof Fenced && isBeyond(error.answer, run, 'running')
}
