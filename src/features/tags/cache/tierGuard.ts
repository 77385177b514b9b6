import { withDeadline } from './deadline.ts'
import { TierTally } from './tierTally.ts'

/** How long a tier that was too slow is not read; ms. Every read would wait for its deadline otherwise. */
const REST = 10_000

/** Stands before a tier in the browser's storage: nothing it does throws, takes longer than allowed or goes uncounted. */
export class TierGuard {
  readonly tally = new TierTally()
  #restsUntil = Number.NEGATIVE_INFINITY

  /** Whether reads are answered at once with nothing. */
  get isResting(): boolean {
    return performance.now() < this.#restsUntil
  }

  /** For a tier that answers at once. @returns undefined when it failed */
  now<T>(work: () => T): T | undefined {
    try {
      return work()
    } catch (error) {
      this.tally.fail(error)
      return undefined
    }
  }

  /**
   * For a read of a tier that takes its time. A tier that rests is not asked.
   *
   * @param deadline ms
   * @param late is given what comes after the deadline
   * @returns undefined when it failed
   */
  async read<T>(
    deadline: number,
    work: () => Promise<T>,
    late?: (answer: Promise<T>) => void,
  ): Promise<T | undefined> {
    if (this.isResting) {
      this.tally.failAs('slow')
      return undefined
    }
    return this.within(deadline, work, late)
  }

  /** As {@link read}, for what nobody waits for: a tier that rests is asked, too, and may do it when it is awake. */
  async within<T>(
    deadline: number,
    work: () => Promise<T>,
    late?: (answer: Promise<T>) => void,
  ): Promise<T | undefined> {
    const answer = work()
    try {
      return await withDeadline(answer, deadline)
    } catch (error) {
      this.tally.fail(error)
      if (error instanceof DOMException && error.name === 'TimeoutError') {
        this.#rest(answer)
        late?.(answer)
      }
      return undefined
    }
  }

  /** Until it answers after all, or for a while. */
  #rest(answer: Promise<unknown>): void {
    this.#restsUntil = performance.now() + REST
    answer.then(
      () => {
        this.#restsUntil = Number.NEGATIVE_INFINITY
      },
      (error: unknown) => this.tally.fail(error),
    )
  }
}
