import { Sketch } from './sketch.ts'
import type { SketchCells } from './sketchCells.ts'

/** Minutes that are remembered, and the longest window. */
export const LONGEST_WINDOW = 60

/** What happened since some time: times in ms. */
export interface Tally {
  /** Calls, failed ones too; an estimate where one stands for several. */
  count: number
  errors: number
  /** Of those that did not fail and were timed. */
  times: Sketch
}

interface Slot extends Tally {
  /** Since the epoch. */
  minute: number
  /** Whether it was handed on; what happens later in the same minute has a slot of its own. */
  isTaken: boolean
}

/** One metric over the last hour, minute by minute. */
export class Series {
  readonly #slots: Slot[] = []

  /** @param weight how many calls this one stands for */
  succeed(minute: number, ms: number, weight: number): void {
    const slot = this.#slotOf(minute)
    slot.count += weight
    slot.times.record(ms, weight)
  }

  /** Calls that were counted elsewhere, some of them timed. */
  add(minute: number, count: number, errors: number, cells: SketchCells): void {
    const slot = this.#slotOf(minute)
    slot.count += count
    slot.errors += errors
    slot.times.add(cells)
  }

  /** The minute that runs and as many before it. @param minutes from 1 to LONGEST_WINDOW */
  window(minute: number, minutes: number): Tally {
    return merged(this.#slots.filter((slot) => slot.minute >= minute - minutes))
  }

  /** What was not handed on yet. */
  take(): Tally {
    const fresh = this.#slots.filter(({ isTaken }) => !isTaken)
    for (const slot of fresh) slot.isTaken = true
    return merged(fresh)
  }

  #slotOf(minute: number): Slot {
    const last = this.#slots.at(-1)
    // A clock that was set back goes on in the minute that was reached.
    if (last && !last.isTaken && last.minute >= minute) return last
    const slot = {
      minute: Math.max(minute, last?.minute ?? minute),
      count: 0,
      errors: 0,
      times: new Sketch(),
      isTaken: false,
    }
    while ((this.#slots[0]?.minute ?? slot.minute) < slot.minute - LONGEST_WINDOW) this.#slots.shift()
    this.#slots.push(slot)
    return slot
  }
}

function merged(slots: readonly Tally[]): Tally {
  const tally = { count: 0, errors: 0, times: new Sketch() }
  for (const { count, errors, times } of slots) {
    tally.count += count
    tally.errors += errors
    tally.times.add(times.cells())
  }
  return tally
}
