import { useEffect, useRef } from 'react'

/** Sends what is measured while this person is signed in. @param userId null for nobody, undefined while it is not known */
export function useTagMetrics(userId: string | null | undefined): void {
  const wasNobody = useRef(false)
  useEffect(() => {
    if (userId === null) wasNobody.current = true
    if (!userId) return
    let isOver = false
    let stop: (() => void) | undefined
    // Not part of the first load: nobody waits for it.
    void import('./sendMetrics.ts').then(
      ({ sendMetrics }) => {
        if (!isOver) stop = sendMetrics(userId, { isFresh: wasNobody.current })
      },
      () => undefined,
    )
    return () => {
      isOver = true
      stop?.()
    }
  }, [userId])
}
