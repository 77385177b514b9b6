import type { BatchSizer } from './batchSizer.ts'
import type { EditRate } from './editRate.ts'

/**
 * Whether no more than two batches are to be at work, of however many lanes and workers, and one call of the validation. As much
 * as their length it is their number that people feel: it decides how much of the processors is left for them. While nobody
 * writes there is nobody to leave it for.
 */
export function leavesRoom({ sizer, edits }: { sizer: BatchSizer; edits: EditRate }): boolean {
  return sizer.isPolite && edits.isHigh
}
