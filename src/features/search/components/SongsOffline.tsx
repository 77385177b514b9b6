import { useMemo } from 'react'
import { Notice } from '../../../components/Notice.tsx'
import { countOf } from '../../../lib/format.ts'
import { localSearch } from '../localSearch.ts'
import { useSongsAtHand } from '../queries/songsAtHand.ts'
import { searchAddress } from '../searchAddress.ts'
import type { Search } from '../types.ts'
import { useMatchRanges } from '../useMatchRanges.ts'
import { FirstSongs } from './FirstSongs.tsx'
import styles from './SongsOffline.module.css'
import type { SongListProps } from './songListProps.ts'

type Props = { search: Search } & Pick<SongListProps, 'onOpen'>

/** Without a connection: which of the songs on this device fit, by titles, artists and tags. */
export function SongsOffline({ search, onOpen }: Props) {
  const songs = useSongsAtHand()
  const found = useMemo(() => localSearch(songs, search), [songs, search])
  const rangesOf = useMatchRanges(search.text)
  return (
    <div className={styles.offline}>
      <Notice tone="offline" title="You are offline" text={whatIsHere(songs.length, found.length)} />
      {found.length > 0 && (
        <FirstSongs
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
  const fitting = found === 0 ? 'None of the songs' : `${countOf(found, 'song')} of those`
  return `${fitting} that this device has seen ${found < 2 ? 'fits' : 'fit'}, by title, artist and tag. The whole songbook is searched by itself as soon as there is a connection.`
}
