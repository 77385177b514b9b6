import * as z from 'zod/mini'

const category = z.enum(['theme', 'occasion', 'liturgical', 'mood'])
const namedTag = z.object({ id: z.string(), name: z.string() })
const count = z.number()

/** What the console knows of every tag. */
const adminTag = {
  id: z.string(),
  name: z.string(),
  category,
  /** `#rrggbb` */
  colour: z.nullable(z.string()),
  songs: count,
  isStandard: z.boolean(),
  /** Made by the migration from a theme that nobody had decided on. */
  needsReview: z.boolean(),
  isBanned: z.boolean(),
  createdAt: z.string(),
  /** When it was changed last: sent back with an edit, which is refused when somebody else was faster. */
  seen: z.string(),
  mergedInto: z.nullable(namedTag),
  synonyms: z.array(z.string()),
}

const listedTagSchema = z.object({ ...adminTag, key: z.object({ value: z.string(), tie: z.string() }) })

/** A tag in the list; its key is where the page after it begins. Names of merged tags are among its synonyms. */
export type ListedTag = z.infer<typeof listedTagSchema>
export type TagPlace = ListedTag['key']

export const tagPageSchema = z.object({
  rows: z.array(listedTagSchema),
  /** In the direction in which the page was asked for. */
  hasMore: z.boolean(),
})

export const tagKinds = ['all', 'standard', 'custom', 'review', 'unused', 'banned', 'merged'] as const
export type TagKind = (typeof tagKinds)[number]

export const tagCountsSchema = z.object({
  all: count,
  standard: count,
  custom: count,
  review: count,
  unused: count,
  banned: count,
  merged: count,
})
export type TagCounts = z.infer<typeof tagCountsSchema>

export const tagDetailsSchema = z.nullable(
  z.object({
    ...adminTag,
    normalizedName: z.string(),
    /** An e-mail address; null: nobody who was signed in, or the account is gone. */
    createdBy: z.nullable(z.string()),
    /** What was merged into this one itself, latest first. */
    merged: z.array(z.object({ id: z.string(), name: z.string(), at: z.string() })),
  }),
)
export type TagDetails = NonNullable<z.infer<typeof tagDetailsSchema>>

export const tagUsageSchema = z.object({
  /** Links that stand today, by the month in which they were made: `2026-11`. Months without any are left out. */
  months: z.array(z.object({ month: z.string(), songs: count })),
  topSongs: z.array(
    z.object({ id: z.string(), title: z.string(), artist: z.nullable(z.string()), arrangements: count }),
  ),
})
export type TagUsage = z.infer<typeof tagUsageSchema>

export const mergePreviewSchema = z.object({
  into: z.nullable(z.object({ id: z.string(), name: z.string(), songs: count })),
  from: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      songs: count,
      isStandard: z.boolean(),
      isMerged: z.boolean(),
    }),
  ),
  /** Songs that change. */
  songs: count,
  /** Of them those that have the other tag already. */
  both: count,
  samples: z.array(
    z.object({ id: z.string(), title: z.string(), before: z.array(z.string()), after: z.array(z.string()) }),
  ),
})
export type MergePreview = z.infer<typeof mergePreviewSchema>

export const mergedSchema = z.object({ into: z.string(), tags: count, songs: count })
