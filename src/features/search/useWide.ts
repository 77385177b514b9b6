import { useSyncExternalStore } from 'react'

/** As in SongSearch.module.css. */
const wide = '(min-width: 60rem)'

/** Whether there is room for the filters beside the songs. */
export function useWide(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = matchMedia(wide)
      query.addEventListener('change', changed)
      return () => query.removeEventListener('change', changed)
    },
    () => matchMedia(wide).matches,
  )
}
