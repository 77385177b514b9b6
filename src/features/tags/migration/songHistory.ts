import * as z from 'zod/mini'
import { type MigrationDatabase, runSchema } from './migrationDatabase.ts'

/** As Postgres holds a themes array: mostly texts, with NULL among them, and arrays in it only when somebody wrote it so. */
const themesSchema = z.nullable(z.array(z.unknown()))

const songRunSchema = z.object({
  id: z.string(),
  status: runSchema.shape.status,
  startedAt: z.coerce.date(),
  /** When its batch was committed; null for a song that came while the run was on. */
  at: z.nullable(z.coerce.date()),
  batch: z.number(),
  isBorn: z.boolean(),
  /** Its before-image was erased. */
  isForgotten: z.boolean(),
  rolledBackAt: z.nullable(z.coerce.date()),
  before: z.object({ themes: themesSchema, tags: z.array(z.string()) }),
  migrated: z.array(z.string()),
})

const historySchema = z.nullable(
  z.object({
    id: z.string(),
    title: z.string(),
    now: z.object({ themes: themesSchema, tags: z.array(z.string()), isMigrated: z.boolean() }),
    /** Those that have it in their journal, the latest first. */
    runs: z.array(songRunSchema),
    quarantined: z.nullable(z.object({ sqlstate: z.string(), message: z.string(), attempts: z.int() })),
  }),
)

/** A song as every run found it and left it, and as it is now. */
export type SongHistory = NonNullable<z.infer<typeof historySchema>>
export type SongRun = SongHistory['runs'][number]
export type SongThemes = z.infer<typeof themesSchema>

/** @returns null when there is no such song. @throws MigrationFailure */
export function songHistory(database: MigrationDatabase, songId: string): Promise<SongHistory | null> {
  return database.call('tag_migration_song', { p_song: songId }, historySchema)
}
