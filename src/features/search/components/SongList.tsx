import { type KeyboardEvent, Suspense } from 'react'
import { FirstSongs } from './FirstSongs.tsx'
import { focusSong } from './focusSong.ts'
import { VirtualSongs } from './lazyVirtualSongs.ts'
import type { SongListProps } from './songListProps.ts'

type Props = SongListProps & {
  /** Of a list that goes on where the songs end. */
  more?: { isPaused: boolean; onMore: () => unknown }
}

const NO_MORE = { isPaused: true, onMore: () => undefined }

/** Songs, and the arrow keys to go from one to the next. */
export function SongList({ more, ...songs }: Props) {
  return (
    // The keys move the focus among links, which do the rest by themselves.
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the keys of the links in it
    <div onKeyDown={moveFocus}>
      <Suspense fallback={<FirstSongs {...songs} />}>
        <VirtualSongs {...songs} hasMore={more !== undefined} {...(more ?? NO_MORE)} />
      </Suspense>
    </div>
  )
}

function moveFocus(event: KeyboardEvent): void {
  const which = event.key === 'ArrowDown' ? 'next' : event.key === 'ArrowUp' ? 'previous' : null
  if (which && !event.altKey && !event.ctrlKey && !event.metaKey && focusSong(which)) event.preventDefault()
}
