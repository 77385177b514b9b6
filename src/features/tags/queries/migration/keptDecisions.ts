import type { QueryClient } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { whenIdle } from '../../../../lib/whenIdle.ts'
import { planEntrySchema } from '../../migration/planFile.ts'
import { tagCache } from '../tagCache.ts'
import type { Decisions } from './planDraft.ts'

/** In the cache, which keeps it for this person alone, over reloads, until she signs out. */
const KEY = 'plan-decisions'

const { tag, category, proposal, accept } = planEntrySchema.shape
export const decisionSchema = z.strictObject({ tag, category, proposal, accept })
const keptSchema = z.array(z.tuple([z.string(), decisionSchema]))

/** What was decided before the page was loaded, in this tab or in another one. */
export async function readKeptDecisions(client: QueryClient): Promise<Decisions> {
  const { cache } = await tagCache(client)
  const kept = keptSchema.safeParse((await cache.get(KEY)) ?? [])
  // What an older version of the app wrote, or somebody else's script, is no decision.
  return new Map(kept.success ? kept.data : [])
}

let waiting: (() => void) | undefined

/**
 * Keeps decisions once the browser has time: a plan has up to a hundred thousand, and the next key must not wait for them.
 * @param onKept told when a reload would bring them back
 */
export function keepDecisions(client: QueryClient, decisions: Decisions, onKept: () => void): void {
  waiting?.()
  waiting = whenIdle(() => {
    waiting = undefined
    void tagCache(client)
      .then(({ cache }) => cache.set(KEY, [...decisions]))
      .then((isKept) => isKept && onKept())
  })
}
