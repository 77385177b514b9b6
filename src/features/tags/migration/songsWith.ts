import * as z from 'zod/mini'
import { BEFORE_ALL, type MigrationDatabase } from './migrationDatabase.ts'

const sampleSchema = z.object({
  id: z.string(),
  title: z.string(),
  themes: z.array(z.nullable(z.string())),
  tags: z.array(z.string()),
})
const windowSchema = z.object({
  last: z.nullable(z.string()),
  songs: z.int(),
  samples: z.array(sampleSchema),
})

/** A song that a plan will change, as it is. */
export type SampleSong = z.infer<typeof sampleSchema>

/** Each call ends well within the two seconds that hosted Supabase gives it. */
const SONGS_PER_CALL = 10_000

/**
 * Counts the songs, of those that no run has migrated, that hold any of these themes, and brings some of them.
 * @param most samples at most
 * @throws MigrationFailure
 */
export async function songsWith(
  database: MigrationDatabase,
  themes: readonly string[],
  most: number,
): Promise<{ songs: number; samples: SampleSong[] }> {
  const found = { songs: 0, samples: [] as SampleSong[] }
  for (let after = BEFORE_ALL; ; ) {
    const window = await database.call(
      'tag_migration_songs_with',
      {
        p_themes: [...themes],
        p_after: after,
        p_limit: SONGS_PER_CALL,
        p_samples: most - found.samples.length,
      },
      windowSchema,
    )
    found.songs += window.songs
    found.samples.push(...window.samples)
    if (window.last === null) return found
    after = window.last
  }
}
