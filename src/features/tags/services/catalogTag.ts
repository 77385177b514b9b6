import * as z from 'zod/mini'

export const catalogTagSchema = z.object({
  id: z.string(),
  name: z.string(),
  category: z.enum(['theme', 'occasion', 'liturgical', 'mood']),
  colour: z.nullable(z.string()),
  isStandard: z.boolean(),
  usage: z.number(),
  synonyms: z.array(z.string()),
})
