import { PACE } from '../migration/batchSizer.ts'
import type { Survey } from '../migration/survey.ts'
import type { Profile } from '../migration/types.ts'

/** Reading all songs once, against planning, migrating and validating them: measured on the embedded stack. */
export const WHOLE_TO_SURVEY = 13

/**
 * What a migration takes on disk, in bytes with indexes, measured on 10,000 seeded songs: for each song its journal
 * entry and its state, for each mention a link and its place in those two, for each distinct theme its plan and perhaps
 * a tag. The themes themselves are kept as before-image and as digested. WAL comes and goes on top.
 */
const BYTES = { song: 350, mention: 230, theme: 1150, themesKept: 2 }

/** What can be said beforehand about a run over what the survey found; none of it is a promise. */
export interface Estimates {
  diskBytes: number
  durationMs: number
  /** The longest that a writer may wait for a song that a batch holds. */
  longestWaitMs: number
}

/** What a run over the surveyed songs will probably ask for. Bytes and ms. */
export function estimate(survey: Survey, profile: Profile): Estimates {
  return {
    diskBytes:
      survey.songs * BYTES.song +
      survey.mentions * BYTES.mention +
      survey.themes.size * BYTES.theme +
      survey.bytes * BYTES.themesKept,
    durationMs: survey.durationMs * WHOLE_TO_SURVEY,
    // At five times its length a batch is cut down at once: see batchSizer.ts.
    longestWaitMs: PACE[profile].stepMs * 5,
  }
}
