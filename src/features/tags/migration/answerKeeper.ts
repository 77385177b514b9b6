import * as z from 'zod/mini'
import type { MigrationClient } from './migrationClient.ts'
import { fencedSchema, MigrationDatabase, type Run } from './migrationDatabase.ts'
import type { RetryPolicy } from './retry.ts'
import { stopIfAsked } from './stopIfAsked.ts'
import { takenOver } from './takenOver.ts'

const keptSchema = z.discriminatedUnion('outcome', [z.object({ outcome: z.literal('kept') }), fencedSchema])

/** What only looks, and whose answers together are a validation. */
const KEPT = /^tag_migration_(validate_|chunks$)/

/**
 * Calls the engine as MigrationDatabase does, and keeps what a validation is told, in the database. A validator that
 * starts again is given what was kept and so goes on where the last one stopped; it knows nothing of it.
 */
export class AnswerKeeper extends MigrationDatabase {
  readonly #run: Run
  readonly #signal: AbortSignal
  #answers: ReadonlyMap<string, unknown> | undefined

  /**
   * @param run that is being validated
   * @param signal ends the work before the next call, with the failure `stopped`
   */
  constructor(client: MigrationClient, policy: RetryPolicy, run: Run, signal: AbortSignal) {
    super(client, policy)
    this.#run = run
    this.#signal = signal
  }

  override async call<Name extends Parameters<MigrationDatabase['call']>[0], Answer>(
    name: Name,
    args: Parameters<typeof MigrationDatabase.prototype.call<Name, Answer>>[1],
    schema: z.ZodMiniType<Answer>,
  ): Promise<Answer> {
    if (!KEPT.test(name)) return super.call(name, args, schema)
    const call = `${name} ${JSON.stringify(args)}`
    this.#answers ??= await this.#kept()
    const kept = schema.safeParse(this.#answers.get(call))
    if (kept.success) return kept.data
    stopIfAsked(this.#signal)
    let answer: unknown
    const noting = z.pipe(
      z.transform((value: unknown) => {
        answer = value
        return value
      }),
      schema,
    )
    const parsed = await super.call(name, args, noting)
    await this.#keep(call, answer)
    return parsed
  }

  async #kept(): Promise<ReadonlyMap<string, unknown>> {
    const answers = await super.call(
      'tag_migration_kept_answers',
      { p_run: this.#run.id },
      z.record(z.string(), z.unknown()),
    )
    return new Map(Object.entries(answers))
  }

  async #keep(call: string, answer: unknown): Promise<void> {
    const kept = await super.call(
      'tag_migration_keep_answer',
      {
        p_run: this.#run.id,
        p_epoch: this.#run.epoch,
        p_call: call,
        p_answer: z.json().parse(answer),
      },
      keptSchema,
    )
    if (kept.outcome === 'fenced') throw takenOver(kept)
  }
}
