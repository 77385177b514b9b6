import * as z from 'zod/mini'
import { inLanes } from './inLanes.ts'
import type { MigrationDatabase } from './migrationDatabase.ts'
import { shareOutIds } from './stretches.ts'

/** What the songs that no run has migrated hold. Its memory grows with distinct themes, not with songs. */
export interface Survey {
  songs: number
  songsWithThemes: number
  songsAlreadyDone: number
  /** Array elements, NULL ones included. */
  mentions: number
  /** Bytes of the themes arrays as stored. */
  bytes: number
  /** Distinct raw theme → songs that hold it. */
  themes: Map<string, number>
  durationMs: number
}

const windowSchema = z.object({
  last: z.nullable(z.string()),
  songs: z.number(),
  songsWithThemes: z.number(),
  songsAlreadyDone: z.number(),
  mentions: z.number(),
  bytes: z.number(),
  themes: z.array(z.tuple([z.string(), z.number()])),
})

const SONGS_PER_CALL = 10_000

/**
 * Reads every song that is not migrated yet, window by window.
 * @param without a run whose songs are read too, as if it were taken back
 * @param lanes windows read at once, each lane in its own stretch of ids
 * @throws MigrationFailure
 */
export async function surveySongs(
  database: MigrationDatabase,
  onWindow?: (survey: Survey) => void,
  without: string | null = null,
  lanes = 1,
): Promise<Survey> {
  const started = performance.now()
  const survey: Survey = {
    songs: 0,
    songsWithThemes: 0,
    songsAlreadyDone: 0,
    mentions: 0,
    bytes: 0,
    themes: new Map(),
    durationMs: 0,
  }
  await inLanes(
    shareOutIds(lanes).map((stretch) => async (halted) => {
      for (let after = stretch.after; !halted(); ) {
        const window = await database.call(
          'tag_migration_survey',
          {
            p_after: after,
            p_limit: SONGS_PER_CALL,
            ...(without === null ? {} : { p_without: without }),
            ...(stretch.until === null ? {} : { p_until: stretch.until }),
          },
          windowSchema,
        )
        if (window.last === null) break
        after = window.last
        addWindow(survey, window)
        onWindow?.(survey)
      }
    }),
  )
  survey.durationMs = performance.now() - started
  return survey
}

function addWindow(survey: Survey, window: z.infer<typeof windowSchema>): void {
  survey.songs += window.songs
  survey.songsWithThemes += window.songsWithThemes
  survey.songsAlreadyDone += window.songsAlreadyDone
  survey.mentions += window.mentions
  survey.bytes += window.bytes
  for (const [raw, songs] of window.themes) survey.themes.set(raw, (survey.themes.get(raw) ?? 0) + songs)
}
