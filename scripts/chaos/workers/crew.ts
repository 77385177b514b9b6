import type { ChildProcess } from 'node:child_process'
import type { Ailment, Command, EndedWorker, Worker } from './worker.ts'
import { startWorker } from './worker.ts'

/** More sessions than any number of faults explains. */
const MOST_SESSIONS = 12

/** The workers of one run: when all of them are gone and it is not done, others take it up. */
export class Crew {
  readonly #env: Readonly<Record<string, string>>
  readonly #working = new Set<Worker>()
  /** Every process that ended, in order. */
  readonly ended: EndedWorker[] = []

  constructor(env: Readonly<Record<string, string>>) {
    this.#env = env
  }

  get children(): readonly ChildProcess[] {
    return Array.from(this.#working, ({ child }) => child)
  }

  /** @param url of the API, if not the crew's */
  async run(
    command: Command,
    args: readonly string[],
    ailment?: Ailment,
    url?: string,
  ): Promise<EndedWorker> {
    const env = url === undefined ? this.#env : { ...this.#env, SUPABASE_URL: url }
    const worker = startWorker(command, args, env, ailment)
    this.#working.add(worker)
    const end = await worker.ended
    this.#working.delete(worker)
    this.ended.push(end)
    return end
  }

  /**
   * Runs sessions until the work is done.
   * @param next starts the next session's workers; null when it is done
   * @returns how many sessions it took
   * @throws Error when it does not get done
   */
  async until(next: (session: number) => Promise<readonly Promise<EndedWorker>[] | null>): Promise<number> {
    for (let session = 0; session < MOST_SESSIONS; session += 1) {
      const workers = await next(session)
      if (workers === null) return session
      await Promise.all(workers)
    }
    const last = this.ended.at(-1)
    throw new Error(
      `It did not end in ${MOST_SESSIONS} sessions; the last (${last?.command}) ended with ${last?.code}: ${last?.stderr.trim()} ${last?.stdout.trim().slice(-500)}`,
    )
  }
}
