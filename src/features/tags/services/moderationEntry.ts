import * as z from 'zod/mini'

/** What can be in the moderation log, and how a filter calls it. */
export const moderationActions = {
  rename: 'Renamed',
  merge: 'Merged',
  unmerge: 'Merge undone',
  ban: 'Banned',
  unban: 'Ban lifted',
} as const

const entrySchema = z.object({
  id: z.number(),
  action: z.string(),
  tagId: z.nullable(z.string()),
  /** As the tag was called after the deed. */
  tagName: z.nullable(z.string()),
  details: z.object({
    was: z.optional(z.string()),
    songs: z.optional(z.number()),
  }),
  at: z.string(),
  /** null: nobody who was signed in, but the secret key. */
  actor: z.nullable(z.string()),
  /** null: the account is gone. */
  actorEmail: z.nullable(z.string()),
  /** The other tag of a merge, as it is called today. */
  otherName: z.nullable(z.string()),
  /** The entry that this one takes back. */
  undoes: z.nullable(z.number()),
  undoneBy: z.nullable(z.number()),
  canUndo: z.boolean(),
})

export type ModerationEntry = z.infer<typeof entrySchema>

export const moderationLogSchema = z.object({
  entries: z.array(entrySchema),
  /** Where the next page begins; null at the end. */
  next: z.nullable(z.number()),
})
