import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { whenIdle } from '../../../lib/whenIdle.ts'
import { tagKeys } from './tagKeys.ts'

/**
 * Keeps what is stored about tags to one person: who signs out leaves nothing of it behind, in memory, in any storage, in
 * any tab. @param userId null for nobody, undefined while it is not known
 */
export function useTagOwner(userId: string | null | undefined): void {
  const queryClient = useQueryClient()
  const before = useRef<string | null>(undefined)
  useEffect(() => {
    const last = before.current
    if (userId === undefined || userId === last) return
    before.current = userId
    // At the start nobody was here before.
    if (last === undefined) return
    void queryClient.resetQueries({ queryKey: tagKeys.all })
    // The cache is not part of the first load. It has to know whose data it holds, to tell that they are another's now.
    void import('./tagCache.ts').then(
      async ({ tagCacheOf }) => {
        await tagCacheOf(last)
        await tagCacheOf(userId)
      },
      // It did not arrive, so this page has kept nothing; what is stored goes when the cache is opened next.
      () => undefined,
    )
  }, [userId, queryClient])
  useEffect(() => {
    // Only who is signed in tags songs. After the first paint: the catalogue is no part of the first load either.
    return userId ? whenIdle(() => void warm(queryClient)) : undefined
  }, [userId, queryClient])
}

async function warm(queryClient: QueryClient): Promise<void> {
  try {
    const { warmTags } = await import('./warmTags.ts')
    await warmTags(queryClient)
  } catch {
    // Whoever needs a tag asks for it, and hears what is wrong.
  }
}
