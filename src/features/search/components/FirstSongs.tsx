import { letterAt } from '../songRows.ts'
import styles from './SongList.module.css'
import { SongRow } from './SongRow.tsx'
import type { SongListProps } from './songListProps.ts'

/** Songs that are drawn before the virtual list is loaded: more than fit on a screen. */
const FIRST = 30

/** The beginning of the list as it is, for the moment until the virtual one is there. */
export function FirstSongs({ songs, total, letters, stale, rangesOf, list, onOpen }: SongListProps) {
  return (
    <ol className={`plain-list ${styles.list}`} aria-label="Songs" aria-busy={stale}>
      {songs.slice(0, FIRST).map((song, index) => (
        <SongRow
          key={song.id}
          song={song}
          letter={letters ? letterAt(songs, index) : null}
          rangesOf={rangesOf}
          list={list}
          place={index}
          total={total}
          onOpen={onOpen}
        />
      ))}
    </ol>
  )
}
