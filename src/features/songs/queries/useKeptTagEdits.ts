import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { KEPT_EDITS } from './keptEditsKey.ts'

/**
 * Has steps of tagging that wait for a connection outlive the page, until this person signs out.
 * @param userId null for nobody, undefined while it is not known
 */
export function useKeptTagEdits(userId: string | null | undefined): void {
  const queryClient = useQueryClient()
  useEffect(() => {
    if (userId === null) dropAll()
    if (!userId) return
    let isOver = false
    let stop: (() => void) | undefined
    // Not part of the first load: who tags a song loads most of it in any case.
    void Promise.all([import('./keptTagEdits.ts'), import('./useTagSong.ts')]).then(
      ([{ keepTagEdits }, { tagAgain }]) => {
        if (!isOver)
          stop = keepTagEdits(queryClient, userId, (songId, edit) => tagAgain(queryClient, songId, edit))
      },
      () => undefined,
    )
    return () => {
      isOver = true
      stop?.()
    }
  }, [userId, queryClient])
}

function dropAll(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(KEPT_EDITS)) localStorage.removeItem(key)
  } catch {
    // Storage is refused: nothing was kept.
  }
}
