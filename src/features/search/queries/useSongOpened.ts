import { onlineManager } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useSignedInUser } from '../../auth/index.ts'
import { songOpened } from '../services/songOpened.ts'

/** Counts that somebody has opened this song, for “most used”. Only who is signed in counts, and nobody waits for it. */
export function useSongOpened(songId: string | undefined): void {
  const { data: user } = useSignedInUser()
  const userId = user?.id
  useEffect(() => {
    // Without a connection it is not counted at all: an order of songs is not worth a queue.
    if (songId !== undefined && userId !== undefined && onlineManager.isOnline()) void songOpened(songId)
  }, [songId, userId])
}
