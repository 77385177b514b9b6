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

/** ms. What stood in the way of a write, a storage that was slow or a newer write by another tab, has passed by then. */
const BEFORE_ANOTHER_TRY = 500
/** Where storage is refused, no try helps. */
const TRIES = 5

let callOff: (() => void) | undefined

/**
 * Keeps decisions once the browser has time: a plan has up to a hundred thousand, and the next key must not wait for them.
 * @param onKept told when a reload would bring them back
 */
export function keepDecisions(client: QueryClient, decisions: Decisions, onKept: () => void): void {
  let isOvertaken = false
  let stopWaiting: () => void
  callOff?.()
  callOff = () => {
    isOvertaken = true
    stopWaiting()
  }
  const attempt = async (tries: number) => {
    const { cache } = await tagCache(client)
    const isKept = await cache.set(KEY, [...decisions])
    if (isOvertaken) return
    if (isKept) onKept()
    else if (tries < TRIES) {
      const timer = setTimeout(() => void attempt(tries + 1), BEFORE_ANOTHER_TRY)
      stopWaiting = () => clearTimeout(timer)
    }
  }
  stopWaiting = whenIdle(() => void attempt(1))
}
