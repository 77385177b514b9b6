import { type ReactNode, useMemo } from 'react'
import { Notice } from '../../../components/Notice.tsx'
import { localSearch } from '../localSearch.ts'
import { useSongsAtHand } from '../queries/songsAtHand.ts'
import { searchAddress } from '../searchAddress.ts'
import type { Search } from '../types.ts'
import { useMatchRanges } from '../useMatchRanges.ts'
import { SongList } from './SongList.tsx'
import styles from './SongsOffline.module.css'
import type { SongListProps } from './songListProps.ts'

type Props = {
  search: Search
  /** A way to try again, when the device has a network after all. */
  children?: ReactNode
} & Pick<SongListProps, 'onOpen'>

/** Without a connection: which of the songs on this device fit, by titles, artists and tags. */
export function SongsOffline({ search, children, onOpen }: Props) {
  const songs = useSongsAtHand()
  const found = useMemo(() => localSearch(songs, search), [songs, search])
  const rangesOf = useMatchRanges(search.text)
  return (
    <div className={styles.offline}>
      <Notice
        tone="offline"
        title={children ? 'The songbook cannot be reached' : 'You are offline'}
        text={whatIsHere(songs.length, found.length)}
      >
        {children}
      </Notice>
      {found.length > 0 && (
        <SongList
          songs={found}
          total={found.length}
          letters
          rangesOf={rangesOf}
          list={searchAddress(search)}
          stale={false}
          onOpen={onOpen}
        />
      )}
    </div>
  )
}

function whatIsHere(songs: number, found: number): string {
  if (songs === 0)
    return 'These songs are not on this device yet. They appear by themselves as soon as there is a connection.'
  return `${found === 0 ? 'None' : found} of the songs that this device has seen ${found < 2 ? 'fits' : 'fit'}, by title, artist and tag. The whole songbook is searched by itself as soon as there is a connection.`
}
