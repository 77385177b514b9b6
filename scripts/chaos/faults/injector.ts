import type { ChildProcess } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import type { Sql } from 'postgres'
import type { DrawnFault } from './drawFault.ts'
import { endBackendAtWork } from './endBackend.ts'
import type { Call, Treatment } from './faultProxy.ts'

/** What faults are done to. */
export interface Victims {
  workers(): readonly ChildProcess[]
  superuser: Sql
  crash(): Promise<void>
}

/** Lets a drawn fault strike when its call comes, and counts. */
export class Injector {
  readonly #victims: Victims
  #fault: DrawnFault | undefined
  #counts = new Map<string, number>()
  #strikes: string[] = []
  #working: Promise<unknown>[] = []

  constructor(victims: Victims) {
    this.#victims = victims
  }

  /** Where faults struck since the last `arm`. */
  get strikes(): readonly string[] {
    return this.#strikes
  }

  arm(fault: DrawnFault | undefined): void {
    this.#fault = fault
    this.#counts = new Map()
    this.#strikes = []
  }

  /** Resolves when what was begun has ended: a server that was stopped is back. */
  async settled(): Promise<void> {
    await Promise.all(this.#working)
    this.#working = []
  }

  treat({ name }: Call): Treatment {
    const nth = (this.#counts.get(name) ?? 0) + 1
    this.#counts.set(name, nth)
    const place = `${name} ${nth}`
    if (this.#fault === undefined || !this.#fault.at.includes(place)) return {}
    return this.#treatment(this.#fault, () => this.#strikes.push(place))
  }

  #treatment({ name, ms }: DrawnFault, note: () => void): Treatment {
    const struck = (treatment: Treatment): Treatment => {
      note()
      return treatment
    }
    switch (name) {
      case 'cut-before':
        return struck({ cut: true })
      case 'cut-after':
        return struck({ answer: 'cut' })
      case 'truncated-answer':
        return struck({ answer: 'truncated' })
      case 'too-many-requests':
        return struck({ refuse: { status: 429, retryAfter: '1' } })
      case 'error-500':
        return struck({ refuse: { status: 500 } })
      case 'error-503':
        return struck({ refuse: { status: 503 } })
      case 'slow-answer':
        return struck({ onAnswered: () => delay(ms) })
      case 'kill-worker':
        return { onForwarded: () => this.#begin(this.#kill(ms, note)) }
      case 'crash-postgres':
        return struck({ onForwarded: () => this.#begin(delay(ms).then(() => this.#victims.crash())) })
      case 'end-backend':
        return this.#endBackend(note)
      default:
        return {}
    }
  }

  #endBackend(note: () => void): Treatment {
    const answered = new AbortController()
    return {
      onForwarded: () =>
        this.#begin(
          endBackendAtWork(this.#victims.superuser, answered.signal).then((ended) => {
            if (ended) note()
          }),
        ),
      onAnswered: () => answered.abort(),
    }
  }

  async #kill(ms: number, note: () => void): Promise<void> {
    await delay(ms)
    const worker = this.#victims
      .workers()
      .find((child) => child.exitCode === null && child.signalCode === null)
    if (worker?.kill('SIGKILL')) note()
  }

  #begin(work: Promise<unknown>): void {
    this.#working.push(work)
  }
}
