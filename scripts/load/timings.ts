/** What people do, and how long they wait for it; ms. */
export type Action = 'sign-in' | 'autocomplete' | 'search' | 'read' | 'tag'

/** What has gone wrong for somebody. */
interface LoadError {
  action: Action | 'migration' | 'tab'
  message: string
}

interface Sample {
  ms: number
  /** When it was over, on the clock of `performance`. */
  at: number
}

/** Errors that are told one by one; the others are counted. */
const MOST_TOLD = 20

/** All that was measured, in the order in which it came. */
export class Timings {
  readonly #samples = new Map<Action, Sample[]>()
  readonly errors: LoadError[] = []
  errorCount = 0

  add(action: Action, ms: number): void {
    const samples = this.#samples.get(action)
    const sample = { ms, at: performance.now() }
    if (samples) samples.push(sample)
    else this.#samples.set(action, [sample])
  }

  /** @param from and until when; as `performance.now` says it. All of them when left out */
  of(action: Action, from = 0, until = Number.POSITIVE_INFINITY): number[] {
    const samples = this.#samples.get(action) ?? []
    return samples.flatMap(({ ms, at }) => (at >= from && at < until ? ms : []))
  }

  fail(action: LoadError['action'], error: unknown): void {
    this.errorCount += 1
    if (this.errors.length < MOST_TOLD) this.errors.push({ action, message: messageOf(error) })
  }

  /** Times what is awaited. @returns null when it failed, which is counted */
  async measure<T>(action: Action, work: () => Promise<T>): Promise<T | null> {
    const start = performance.now()
    try {
      const answer = await work()
      this.add(action, performance.now() - start)
      return answer
    } catch (error) {
      this.fail(action, error)
      return null
    }
  }
}

/** What the Supabase client gives is no Error. */
function messageOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'message' in error) {
    const code = 'code' in error ? `${String(error.code)} ` : ''
    return `${code}${String(error.message)}`.slice(0, 300)
  }
  return String(error).slice(0, 300)
}
