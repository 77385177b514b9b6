import type { Mutation, QueryClient } from '@tanstack/react-query'
import { newId } from '../../../lib/newId.ts'
import { unlessAnotherTab } from '../../../lib/unlessAnotherTab.ts'
import type { TagEdit } from '../types.ts'
import { TagEditStorage } from './tagEditStorage.ts'
import { taggedSong } from './taggedSong.ts'

/**
 * Writes down the steps of tagging that have not reached the server, so that they outlive the page, and sends what pages
 * that are gone have left. A step that was refused is not among them: somebody has to decide about it.
 * @param userId whose steps they are
 * @param tagAgain sends a step as useTagSong does
 * @returns how to stop
 */
export function keepTagEdits(
  queryClient: QueryClient,
  userId: string,
  tagAgain: (songId: string, edit: TagEdit) => Promise<unknown>,
): () => void {
  const mutations = queryClient.getMutationCache()
  const storage = new TagEditStorage(userId)
  const tab = newId()
  const { promise: isOver, resolve: stop } = Promise.withResolvers<void>()
  let isKnown = false

  function note(mutation: Mutation): void {
    const songId = taggedSong(mutation.options.mutationKey)
    if (songId === undefined) return
    const { variables, status, submittedAt: at } = mutation.state
    // Also what was abandoned, and is no longer among them, tells how it ends.
    if (status !== 'pending' || !mutations.getAll().includes(mutation)) {
      storage.drop(tab, mutation.mutationId)
      return
    }
    storage.keep(tab, mutation.mutationId, { songId, edit: variables as TagEdit, at })
    // From its first step on this tab can be told from those that are gone.
    if (!isKnown) void unlessAnotherTab(lockOf(userId, tab), () => isOver)
    isKnown = true
  }

  storage.dropOthers()
  for (const mutation of mutations.getAll()) note(mutation)
  const unsubscribe = mutations.subscribe(({ mutation }) => mutation && note(mutation))
  for (const gone of storage.tabs()) {
    if (gone === tab) continue
    void unlessAnotherTab(lockOf(userId, gone), async () => {
      for (const { id, songId, edit } of storage.left(gone)) {
        // Written down anew by the time that this returns; where it ends badly, the song's page says so.
        tagAgain(songId, edit).catch(() => undefined)
        storage.drop(gone, id)
      }
    })
  }
  return () => {
    unsubscribe()
    stop()
  }
}

function lockOf(userId: string, tab: string): string {
  return `songbook-edits ${userId} ${tab}`
}
