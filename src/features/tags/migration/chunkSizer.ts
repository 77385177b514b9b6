import { BatchSizer, PACE } from './batchSizer.ts'
import type { Profile } from './types.ts'

/** Songs in one batch of a worker whose memory is small. */
export const LARGEST_CHUNK = 100

/** A batch sizer for a worker whose memory is small: as adaptive as the other, and never above `LARGEST_CHUNK`. */
export class ChunkSizer extends BatchSizer {
  constructor(profile: Profile) {
    super(LARGEST_CHUNK, PACE[profile])
  }

  override get size(): number {
    return Math.min(LARGEST_CHUNK, super.size)
  }

  override get most(): number {
    return Math.min(LARGEST_CHUNK, super.most)
  }
}
