import * as z from 'zod/mini'
import { Constants } from '../../../lib/database.types.ts'

export const catalogTagSchema = z.object({
  id: z.string(),
  name: z.string(),
  category: z.enum(Constants.public.Enums.tag_category),
  colour: z.nullable(z.string()),
  isStandard: z.boolean(),
  usage: z.number(),
  synonyms: z.array(z.string()),
})
