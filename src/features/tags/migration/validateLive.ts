import * as z from 'zod/mini'
import { inLanes } from './inLanes.ts'
import type { MigrationDatabase } from './migrationDatabase.ts'
import { shareOutIds } from './stretches.ts'
import type { CheckedValidation } from './types.ts'
import { checked, foundNothing, MOST_DIFFERENCES } from './validationCheck.ts'

const SONGS_PER_CALL = 10_000
const QUERY = 'tag_migration_validate_live'

/** What songs look like now, whatever run did them; `undone`, those in quarantine included, no run has done. */
export const liveSchema = z.object({
  undone: z.number(),
  quarantined: z.number(),
  differing: z.number(),
  differences: z.array(z.record(z.string(), z.unknown())),
})
export type LiveFindings = z.infer<typeof liveSchema>

/** The songs after the first of these ids, up to and with the second. */
export interface LiveStretch {
  after: string
  until: string
}

const stretchSchema = z.extend(liveSchema, { last: z.nullable(z.string()), songs: z.number() })

/**
 * Compares the state and links of every song of these stretches with its themes.
 * @param lanes the ids are shared out to them evenly
 * @param onSongs told how many songs more were looked at; a lane goes on when what it returns is done
 * @throws MigrationFailure
 */
export async function validateLive(
  database: MigrationDatabase,
  stretches: readonly LiveStretch[],
  lanes: number,
  onSongs: (more: number) => unknown,
): Promise<LiveFindings> {
  const found = nothingLive()
  const walk = async ({ after, until }: LiveStretch, halted: () => boolean) => {
    for (let place: string | null = after; place !== null && !halted(); ) {
      const answer: z.infer<typeof stretchSchema> = await database.call(
        QUERY,
        { p_after: place, p_until: until, p_limit: SONGS_PER_CALL },
        stretchSchema,
      )
      place = answer.last
      addLive(found, answer)
      await onSongs(answer.songs)
    }
  }
  await inLanes(
    shareOutIds(lanes).map((share) => async (halted) => {
      for (const stretch of stretches) {
        // As text they are in the order of ids.
        const after = stretch.after > share.after ? stretch.after : share.after
        const until = share.until !== null && share.until < stretch.until ? share.until : stretch.until
        if (after < until) await walk({ after, until }, halted)
      }
    }),
  )
  return found
}

export function nothingLive(): LiveFindings {
  return { undone: 0, quarantined: 0, differing: 0, differences: [] }
}

export function addLive(found: LiveFindings, more: LiveFindings): void {
  for (const count of ['undone', 'quarantined', 'differing'] as const) found[count] += more[count]
  found.differences.push(...more.differences.slice(0, MOST_DIFFERENCES - found.differences.length))
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
