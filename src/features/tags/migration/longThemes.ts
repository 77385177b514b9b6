import * as z from 'zod/mini'
import { BEFORE_ALL, type MigrationDatabase } from './migrationDatabase.ts'

/** Themes that are named; all are counted. */
const MOST_NAMED = 100

const longSchema = z.object({
  last: z.nullable(z.string()),
  count: z.number(),
  themes: z.array(
    z.object({ songId: z.string(), position: z.number(), length: z.number(), begin: z.string() }),
  ),
})

type LongTheme = z.infer<typeof longSchema>['themes'][number]

/**
 * Themes of migrated songs that are too long for a tag and that no plan told of, as old clients may write them: a
 * sentence for each of the first hundred, and one for the others. They are kept and have no link; nothing of it is wrong.
 * @throws MigrationFailure
 */
export async function longThemeNotes(database: MigrationDatabase): Promise<string[]> {
  const named: LongTheme[] = []
  let count = 0
  for (let after: string | null = BEFORE_ALL; after !== null; ) {
    const answer: z.infer<typeof longSchema> = await database.call(
      'tag_migration_long_themes',
      { p_after: after },
      longSchema,
    )
    after = answer.last
    count += answer.count
    named.push(...answer.themes.slice(0, MOST_NAMED - named.length))
  }
  const others = count - named.length
  return [
    ...named.map(noteOn),
    ...(others > 0 ? [`${others.toLocaleString('en-US')} more themes are too long for a tag`] : []),
  ]
}

function noteOn({ songId, position, length, begin }: LongTheme): string {
  return `song ${songId}, theme ${position}: ${length.toLocaleString('en-US')} characters, too long for a tag: “${begin}…”`
}
