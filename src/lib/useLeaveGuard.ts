import { useLayoutEffect } from 'react'

/** While active, the browser asks before the tab is closed or loaded anew. */
export function useLeaveGuard(active: boolean): void {
  // A layout effect: whoever is told that something is not saved yet is asked from then on.
  useLayoutEffect(() => {
    if (!active) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [active])
}
