import { lazy } from '../../../lib/lazy.ts'

/** Apart from the other parts: some of those show it. */
export const VirtualSongs = lazy(() => import('./VirtualSongs.tsx').then((module) => module.VirtualSongs))
