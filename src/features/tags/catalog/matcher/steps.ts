/** Work that can be interrupted wherever it yields; what it returns is its result. */
export type Steps<T> = Generator<undefined, T, undefined>

/** Passes of a loop between two places where it may be interrupted: far less than a millisecond of work. */
const PASSES = 512

/** Whether a loop may be interrupted after this pass. */
export function mayPause(pass: number): boolean {
  return pass % PASSES === PASSES - 1
}

/** Does all of it at once. */
export function runAtOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

export interface Slices {
  /** Resolves when the work may go on: idle time, or the next task. */
  pause: () => Promise<void>
  /** Milliseconds of work between two pauses. */
  sliceMs?: number
}

/** Does it slice by slice. Rejects only as `pause` does, and the work is then given up. */
export async function runInSlices<T>(steps: Steps<T>, { pause, sliceMs = 4 }: Slices): Promise<T> {
  for (;;) {
    await pause()
    const end = performance.now() + sliceMs
    do {
      const step = steps.next()
      if (step.done) return step.value
    } while (performance.now() < end)
  }
}
