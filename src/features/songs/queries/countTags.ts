import { tagMetrics } from '../../tags/index.ts'

interface TagChanges {
  /** Ids. A new tag has none yet, and is not counted. */
  added?: readonly (string | null)[]
  removed?: readonly (string | null)[]
}

/** Counts, for what is popular, that a song was given these tags and lost those. */
export function countTags({ added = [], removed = [] }: TagChanges): void {
  for (const id of added) if (id !== null) tagMetrics.used(id, 'added')
  for (const id of removed) if (id !== null) tagMetrics.used(id, 'removed')
}
