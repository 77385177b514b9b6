import * as z from 'zod/mini'
import { inLanes } from './inLanes.ts'
import { AFTER_ALL, type MigrationDatabase } from './migrationDatabase.ts'
import { shareOutIds } from './stretches.ts'
import type { CheckedValidation } from './types.ts'
import { checked, foundNothing, MOST_DIFFERENCES } from './validationCheck.ts'

const SONGS_PER_CALL = 10_000
const QUERY = 'tag_migration_validate_live'

const liveSchema = z.object({
  last: z.nullable(z.string()),
  songs: z.number(),
  links: z.number(),
  undone: z.number(),
  quarantined: z.number(),
  differing: z.number(),
  differences: z.array(z.record(z.string(), z.unknown())),
})

/** What every song looks like now, whatever run did it. */
export interface LiveFindings {
  songs: number
  links: number
  /** Songs that no run has done, those in quarantine included. */
  undone: number
  quarantined: number
  differing: number
  differences: Record<string, unknown>[]
}

/**
 * Compares every song's state and links with its themes, stretch by stretch.
 * @param lanes stretches under way at once
 * @param onSongs told how many songs more were looked at
 * @throws MigrationFailure
 */
export async function validateLive(
  database: MigrationDatabase,
  lanes: number,
  onSongs: (more: number) => void,
): Promise<LiveFindings> {
  const found: LiveFindings = {
    songs: 0,
    links: 0,
    undone: 0,
    quarantined: 0,
    differing: 0,
    differences: [],
  }
  const walk = (begin: string, until: string) => async (halted: () => boolean) => {
    for (let after: string | null = begin; after !== null && !halted(); ) {
      const answer: z.infer<typeof liveSchema> = await database.call(
        QUERY,
        { p_after: after, p_until: until, p_limit: SONGS_PER_CALL },
        liveSchema,
      )
      after = answer.last
      for (const count of ['songs', 'links', 'undone', 'quarantined', 'differing'] as const)
        found[count] += answer[count]
      found.differences.push(...answer.differences.slice(0, MOST_DIFFERENCES - found.differences.length))
      onSongs(answer.songs)
    }
  }
  await inLanes(shareOutIds(lanes).map(({ after, until }) => walk(after, until ?? AFTER_ALL)))
  return found
}

/** What must hold of every song once a migration is over. */
export function liveChecks(found: LiveFindings): CheckedValidation[] {
  return [
    foundNothing('every song is migrated', QUERY, found.undone - found.quarantined),
    checked(
      { name: 'no song is in quarantine', query: QUERY, expectedResult: 0, critical: false },
      found.quarantined,
    ),
    foundNothing("every song's links and state follow its themes", QUERY, found.differing, found.differences),
  ]
}
