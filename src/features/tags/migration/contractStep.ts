import * as z from 'zod/mini'
import type { MigrationDatabase } from './migrationDatabase.ts'
import { MigrationFailure } from './migrationFailure.ts'
import { waitBefore } from './retry.ts'

const PHASES = ['kept', 'archiving', 'archived', 'dropped', 'returning'] as const
const requirementSchema = z.object({ name: z.string(), ok: z.boolean(), advice: z.string() })
const stateSchema = z.object({
  phase: z.enum(PHASES),
  songs: z.number(),
  requirements: z.array(requirementSchema),
})
const stepSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.enum(PHASES), songs: z.optional(z.number()) }),
  z.object({ outcome: z.literal('writers') }),
  z.object({ outcome: z.literal('refused'), requirements: z.array(requirementSchema) }),
])

/** Something that must hold before the old column may go, and what to do when it does not. */
export type ContractRequirement = z.infer<typeof requirementSchema>
/** `kept` is the column in its place; `songs` are all there are. */
export type ContractState = z.infer<typeof stateSchema>

export interface ContractOptions {
  worker: string
  signal?: AbortSignal
  /** Told how many songs the archive was walked over for. */
  onProgress?: (songs: number) => void
}

/** A busy songbook leaves no moment for the short lock for a while; each round waits longer. */
const ROUNDS_OF_WAITING = 12

/** @param quietDays days without themes written by an old client. @throws MigrationFailure */
export function contractState(database: MigrationDatabase, quietDays: number): Promise<ContractState> {
  return database.call('tag_migration_contract_state', { p_quiet_days: quietDays }, stateSchema)
}

/**
 * Archives the old column and drops it; goes on where an earlier session stopped.
 * @throws MigrationFailure `not-ready`, `songs-held`, `stopped`
 */
export async function dropThemes(
  database: MigrationDatabase,
  quietDays: number,
  { worker, signal, onProgress }: ContractOptions,
): Promise<void> {
  let archived = 0
  await stepUntil(database, 'dropped', signal, async () => {
    const step = await database.call(
      'tag_migration_finalize',
      { p_quiet_days: quietDays, p_worker: worker },
      stepSchema,
    )
    if (step.outcome === 'refused') throw notReady(step.requirements)
    if (step.outcome === 'returning') throw beingRestored()
    if (step.outcome === 'archiving') {
      archived += step.songs ?? 0
      onProgress?.(archived)
    }
    return step.outcome
  })
}

/** Brings the old column back, if it is away. @throws MigrationFailure `songs-held`, `stopped` */
export function restoreThemes(
  database: MigrationDatabase,
  { worker, signal }: ContractOptions,
): Promise<void> {
  return stepUntil(database, 'kept', signal, async () => {
    const step = await database.call('tag_migration_restore_themes', { p_worker: worker }, stepSchema)
    return step.outcome
  })
}

async function stepUntil(
  database: MigrationDatabase,
  last: string,
  signal: AbortSignal | undefined,
  step: () => Promise<string>,
): Promise<void> {
  for (let rounds = 0; ; ) {
    if (signal?.aborted) throw stopped()
    const outcome = await step()
    if (outcome === last) return
    if (outcome !== 'writers') {
      rounds = 0
      continue
    }
    if (rounds === ROUNDS_OF_WAITING) throw tableInUse()
    await waitBefore(database.policy, rounds, tableInUse())
    rounds += 1
  }
}

function notReady(requirements: readonly ContractRequirement[]): MigrationFailure {
  const missing = requirements.filter((one) => !one.ok)
  return new MigrationFailure('not-ready', `Not ready: ${missing.map((one) => one.name).join('; ')}.`, {
    advice: missing.map((one) => one.advice).join(' '),
  })
}

function beingRestored(): MigrationFailure {
  return new MigrationFailure('busy', 'The old themes are just being brought back.', {
    advice: 'Finish that first: npm run rollback',
  })
}

function tableInUse(): MigrationFailure {
  return new MigrationFailure('songs-held', 'The songs were in use all the time.', {
    advice: 'Run the command again at a quieter time; it goes on where it stopped.',
    transient: true,
  })
}

function stopped(): MigrationFailure {
  return new MigrationFailure('stopped', 'Stopped between two steps; what is done stays.', {
    advice: 'Go on with the same command.',
  })
}
