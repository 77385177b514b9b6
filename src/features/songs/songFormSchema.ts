import * as z from 'zod/mini'
import { Constants } from '../../lib/database.types.ts'

/** The song's form. Limits are those of the database, which has the last word. */
export const songFormSchema = z.object({
  title: z.string().check(
    z.refine((title) => title.trim() !== '', 'Give the song a title.'),
    z.maxLength(300, 'A title has 300 letters at most.'),
  ),
  artist: z.string().check(z.maxLength(300, 'An artist’s name has 300 letters at most.')),
  lyrics: z.string().check(z.maxLength(100_000, 'Lyrics have 100,000 letters at most.')),
  tags: z.readonly(
    z.array(
      z.object({
        id: z.nullable(z.string()),
        name: z.string(),
        category: z.enum(Constants.public.Enums.tag_category),
      }),
    ),
  ),
  /** Text in the tag field that is no tag yet: saving would lose it. */
  tagText: z.string().check(
    z.refine((text) => text.trim() === '', {
      error: ({ input }) => `Choose a tag for “${String(input).trim()}”, or empty the field.`,
    }),
  ),
})

export type SongFormValues = z.infer<typeof songFormSchema>
