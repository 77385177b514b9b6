import * as z from 'zod/mini'
import type { Database } from '../../../lib/database.types.ts'
import { inEnglish } from './inEnglish.ts'
import { type MigrationClient, parseRetryAfter, REDIRECTED } from './migrationClient.ts'
import { MigrationFailure } from './migrationFailure.ts'
import { type RetryPolicy, withRetries } from './retry.ts'
import { mayPass, NOT_IN_THIS_STATE } from './sqlStates.ts'

type Functions = Database['public']['Functions']
type EngineFunction = Extract<keyof Functions, `tag_migration_${string}`>

/** Below every id: where a walk over songs or tags begins. */
export const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'
/** At or above every id: where the last stretch of such a walk ends. */
export const AFTER_ALL = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

export const runSchema = z.object({
  id: z.uuid(),
  status: z.enum([
    'preparing',
    'running',
    'paused',
    'failed',
    'validating',
    'complete',
    'cancelled',
    'rolling_back',
    'rolled_back',
  ]),
  epoch: z.int(),
  planHash: z.string(),
  totalSongs: z.int(),
  worker: z.string(),
  certificate: z.nullable(z.string()),
  failure: z.nullable(z.object({ code: z.string(), message: z.string() })),
  exactRollback: z.nullable(z.boolean()),
  rollbackToBatch: z.nullable(z.int()),
  rollbackToTime: z.nullable(z.string()),
  startedAt: z.coerce.date(),
  finishedAt: z.nullable(z.coerce.date()),
  rolledBackAt: z.nullable(z.coerce.date()),
  prunedAt: z.nullable(z.coerce.date()),
  idleSeconds: z.number(),
  batches: z.int(),
  songs: z.int(),
  themes: z.int(),
  linksCreated: z.int(),
  songsRestored: z.int(),
  songsToRestore: z.int(),
  linksRemoved: z.int(),
  tagsRemoved: z.int(),
  lastSong: z.nullable(z.uuid()),
  tagsCreated: z.int(),
  tagsReused: z.int(),
  quarantined: z.int(),
})
export type Run = z.infer<typeof runSchema>

export const fencedSchema = z.object({
  outcome: z.literal('fenced'),
  status: z.string(),
  epoch: z.int(),
  worker: z.string(),
})

/** Calls the engine's functions: one door, through which every answer is checked and every failure gets a name. */
export class MigrationDatabase {
  readonly #client: MigrationClient
  readonly #policy: RetryPolicy

  constructor(client: MigrationClient, policy: RetryPolicy) {
    this.#client = client
    this.#policy = policy
  }

  get policy(): RetryPolicy {
    return this.#policy
  }

  /**
   * One call, repeated while its failure may pass. Safe even when an answer was lost: a batch that was committed is
   * not done again, and totals are sums over what is committed.
   * @throws MigrationFailure
   */
  call<Name extends EngineFunction, Answer>(
    name: Name,
    args: Functions[Name]['Args'],
    schema: z.ZodMiniType<Answer>,
  ): Promise<Answer> {
    return withRetries(this.#policy, () => this.once(name, args, schema))
  }

  /** As `call`, without a second try. */
  async once<Name extends EngineFunction, Answer>(
    name: Name,
    args: Functions[Name]['Args'],
    schema: z.ZodMiniType<Answer>,
  ): Promise<Answer> {
    const { data, error, status } = await this.#client.rpc(name, args)
    if (error) throw failureOf(name, status, error)
    return checked(name, schema, data)
  }

  /** Existing tags with their synonyms, in pages. */
  async tags(): Promise<TagRow[]> {
    const rows: TagRow[] = []
    for (let after = BEFORE_ALL; ; ) {
      const page = await withRetries(this.#policy, async () => {
        const { data, error, status } = await this.#client
          .from('tags')
          .select('id, name, normalized_name, category, is_standard, merged_into, tag_synonyms(name)')
          .gt('id', after)
          .order('id')
          .limit(1000)
        if (error) throw failureOf('tags', status, error)
        return checked('tags', z.array(tagRowSchema), data)
      })
      rows.push(...page)
      const last = page.at(-1)
      if (!last) return rows
      after = last.id
    }
  }

  run(id: string | null): Promise<Run | null> {
    return this.call('tag_migration_run', id === null ? {} : { p_run: id }, z.nullable(runSchema))
  }

  /** The newest run that has done songs and is not taken back; the latest one when there is none. */
  standingRun(): Promise<Run | null> {
    return this.call('tag_migration_run', { p_standing: true }, z.nullable(runSchema))
  }
}

const tagRowSchema = z.object({
  id: z.string(),
  name: z.string(),
  normalized_name: z.string(),
  category: z.enum(['theme', 'occasion', 'liturgical', 'mood']),
  is_standard: z.boolean(),
  merged_into: z.nullable(z.string()),
  tag_synonyms: z.array(z.object({ name: z.string() })),
})
export type TagRow = z.infer<typeof tagRowSchema>

function checked<Answer>(name: string, schema: z.ZodMiniType<Answer>, data: unknown): Answer {
  const answer = schema.safeParse(data, inEnglish)
  if (answer.success) return answer.data
  throw new MigrationFailure(
    'unexpected-answer',
    `${name} answered in a form that this version does not know.`,
    {
      advice: 'Apply the migrations in supabase/migrations and use the same version of the command.',
      detail: z.prettifyError(answer.error),
      cause: answer.error,
    },
  )
}

interface ApiError {
  message: string
  code?: string
  hint?: string | null
}

/** Names a failed call by its status and code; messages differ between servers and versions. */
export function failureOf(name: string, status: number, error: ApiError): MigrationFailure {
  const code = error.code ?? ''
  // Otherwise the hint is Postgres's, for people.
  const retryAfterMs = code.startsWith('HTTP') ? parseRetryAfter(error.hint) : undefined
  const more = {
    detail: code || String(status),
    cause: error,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  }
  if (code === '42501' || status === 403) {
    return new MigrationFailure('forbidden', 'This key may not run the migration.', {
      ...more,
      advice: 'Set SUPABASE_SECRET_KEY to the secret key (sb_secret_…), not the publishable one.',
    })
  }
  if (status === 401) {
    return new MigrationFailure('unauthorized', 'The server does not accept this key.', {
      ...more,
      advice: 'Copy the secret key of this very project into SUPABASE_SECRET_KEY.',
    })
  }
  if (code === 'PGRST202' || code === '42883' || code === '42P01' || code === 'PGRST205' || status === 404) {
    return new MigrationFailure('not-installed', `The database does not have ${name}.`, {
      ...more,
      advice:
        'Apply the files in supabase/migrations first (supabase db push), or check that the address is right.',
    })
  }
  if (code === REDIRECTED) {
    return new MigrationFailure('unexpected-answer', 'The server sends on to another address.', {
      ...more,
      advice: 'Set SUPABASE_URL to the address of the project itself; the key goes nowhere else.',
    })
  }
  if (status === 0) {
    return new MigrationFailure('unreachable', 'The server does not answer.', {
      ...more,
      advice: 'Check SUPABASE_URL and the network; what is committed is safe.',
      transient: true,
    })
  }
  if (status >= 200 && status < 300) {
    return new MigrationFailure('unreachable', `${name} was answered with something that is not JSON.`, {
      ...more,
      advice:
        'Check SUPABASE_URL: something between here and the database cuts answers off or puts its own in.',
      transient: true,
    })
  }
  const transient =
    code !== NOT_IN_THIS_STATE && (status === 429 || status === 408 || status >= 500 || mayPass(code))
  return new MigrationFailure('database', `${name} failed: ${oneLine(error.message, status)}`, {
    ...more,
    transient,
    advice: transient
      ? 'Run the command again; it goes on where it stopped.'
      : 'See the message; nothing is half done.',
  })
}

/** Proxies answer in HTML, and at any length. */
function oneLine(message: string, status: number): string {
  const [line = ''] = message.trim().split('\n')
  return line === '' || line.startsWith('<')
    ? `the server answered with status ${status}.`
    : line.slice(0, 200)
}
