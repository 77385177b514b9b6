import type { BatchSizer } from './batchSizer.ts'
import type { EditRate } from './editRate.ts'

/** What tells how much a run is to leave to people. */
interface People {
  sizer: BatchSizer
  edits: EditRate
}

/**
 * Whether a processor is to be left to people: as much as the length of calls it is their number that they feel. While
 * nobody writes there is nobody to leave it for.
 */
export function leavesRoom({ sizer, edits }: People): boolean {
  return sizer.isPolite && edits.isHigh
}

/** How many batches are to be at work at a time, of however many lanes and workers: one after somebody was seen waiting. Undefined: any number. */
export function batchesAtOnce(people: People): number | undefined {
  if (!leavesRoom(people)) return undefined
  return people.sizer.yieldsToWriters ? 1 : 2
}
