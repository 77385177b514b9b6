import * as z from 'zod/mini'

/** What can be in the moderation log, and how a filter calls it. */
export const moderationActions = {
  edit: 'Changed',
  rename: 'Renamed',
  merge: 'Merged',
  unmerge: 'Merge undone',
  ban: 'Banned',
  unban: 'Ban lifted',
  promote: 'Made standard',
  demote: 'Made custom',
  'keep apart': 'Kept apart',
  'ask again': 'No longer kept apart',
} as const

/** What an edit has changed, before or after it. */
const editSchema = z.object({
  name: z.optional(z.string()),
  category: z.optional(z.string()),
  colour: z.optional(z.nullable(z.string())),
  needsReview: z.optional(z.boolean()),
  addedSynonyms: z.optional(z.array(z.string())),
  removedSynonyms: z.optional(z.array(z.string())),
})

const entrySchema = z.object({
  id: z.number(),
  action: z.string(),
  tagId: z.nullable(z.string()),
  /** As the tag was called after the deed. */
  tagName: z.nullable(z.string()),
  details: z.object({
    was: z.optional(z.union([z.string(), editSchema])),
    now: z.optional(editSchema),
    songs: z.optional(z.number()),
  }),
  at: z.string(),
  /** null: nobody who was signed in, but the secret key. */
  actor: z.nullable(z.string()),
  /** null: the account is gone. */
  actorEmail: z.nullable(z.string()),
  /** The other tag of a merge or a pair, as it is called today. */
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
