import * as z from 'zod/mini'
import type { Edit } from '../model/types.ts'

const themesSchema = z.nullable(z.array(z.nullable(z.string())))

/** What the writers' statements give back. */
export const songsSchema = z.array(z.object({ themes: themesSchema, version: z.number() }))
export const idsSchema = z.array(z.object({ id: z.string() }))
export const tagsSchema = z.array(z.object({ id: z.string(), name: z.string() }))
export type NamedTag = z.infer<typeof tagsSchema>[number]

/** Edits as `chaos.log` keeps them. */
export const editsSchema: z.ZodMiniType<readonly { edit: Edit }[]> = z.array(
  z.object({
    edit: z.discriminatedUnion('kind', [
      z.object({ kind: z.enum(['insert', 'write-themes']), song: z.string(), themes: themesSchema }),
      z.object({ kind: z.enum(['tag', 'untag']), song: z.string(), tags: z.array(z.string()) }),
      z.object({ kind: z.literal('delete'), song: z.string() }),
      z.object({ kind: z.literal('rename'), tag: z.string(), name: z.string() }),
      z.object({ kind: z.literal('merge'), from: z.string(), into: z.string() }),
      z.object({ kind: z.literal('unmerge'), tag: z.string() }),
      z.object({ kind: z.literal('ban'), tag: z.string(), isBanned: z.boolean() }),
    ]),
  }),
)
