/** One write as the person felt it, milliseconds. */
export interface Write {
  /** When it was due, since 1970. */
  dueAt: number
  tookMs: number
}

/** What people felt while they wrote. */
export interface Writes {
  all: Write[]
  /** Failed also at the second try. */
  errors: string[]
}

export interface SteadyWritesOptions {
  perSecond: number
  /** One write; which one it is depends on its number. @returns what went wrong, or null */
  write: (number: number) => Promise<string | null>
  signal: AbortSignal
}

/**
 * Writes at a steady rate whether or not the writes before have ended, as many people do. A write's time runs from the
 * moment it was due: one that had to queue behind a stall has waited for it, too.
 */
export async function writeSteadily({ perSecond, write, signal }: SteadyWritesOptions): Promise<Writes> {
  const writes: Writes = { all: [], errors: [] }
  const pending = new Set<Promise<void>>()
  const started = performance.now()
  for (let number = 0; !signal.aborted; number += 1) {
    const due = started + (number * 1000) / perSecond
    await untilTime(due)
    if (signal.aborted) break
    const one = writeOnce(write, number, due, writes).finally(() => pending.delete(one))
    pending.add(one)
  }
  await Promise.all(pending)
  return writes
}

async function writeOnce(
  write: SteadyWritesOptions['write'],
  number: number,
  due: number,
  writes: Writes,
): Promise<void> {
  // The app tries once more by itself, too.
  const error = (await write(number)) === null ? null : await write(number)
  writes.all.push({ dueAt: performance.timeOrigin + due, tookMs: performance.now() - due })
  if (error !== null) writes.errors.push(error)
}

function untilTime(due: number): Promise<void> {
  const wait = due - performance.now()
  return wait <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, wait))
}
