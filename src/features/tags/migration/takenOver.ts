import type { z } from 'zod'
import type { fencedSchema } from './migrationDatabase.ts'
import { MigrationFailure } from './migrationFailure.ts'

/** The answer to a worker whose epoch is over: somebody else has the run now, or it was moved on. */
export function takenOver(answer: z.infer<typeof fencedSchema>): MigrationFailure {
  return new MigrationFailure(
    'taken-over',
    `The run was taken over by ${answer.worker || 'another worker'}; it is ${answer.status.replace('_', ' ')} now.`,
    {
      advice: 'Leave it to the other one, or take it back with: npm run migrate -- --resume',
      detail: `epoch ${answer.epoch}`,
    },
  )
}
