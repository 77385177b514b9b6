import { dateOf } from '../../../../../lib/format.ts'
import type { ModerationEntry } from '../../../services/moderationEntry.ts'

/** Entries under the day on which they were made, where the reader is; in the order in which they come. */
export function byDay(
  entries: readonly ModerationEntry[],
): { day: string; entries: readonly ModerationEntry[] }[] {
  const days = Map.groupBy(entries, ({ at }) => dateOf(at))
  return [...days].map(([day, ofDay]) => ({ day, entries: ofDay }))
}
