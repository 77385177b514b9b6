import { initialOf } from '../initialOf.ts'
import type { ListedSong } from '../services/songService.ts'
import styles from './SongList.module.css'
import { SongRow } from './SongRow.tsx'

type Props = {
  songs: readonly ListedSong[]
  /** The songs of the filter before, while the next answer is on its way. */
  stale: boolean
}

export function SongList({ songs, stale }: Props) {
  return (
    <ol className={`plain-list ${styles.list}`} aria-label="Songs" aria-busy={stale}>
      {songs.map((song, index) => {
        const initial = initialOf(song.title)
        const before = songs[index - 1]
        const startsLetter = !before || initialOf(before.title) !== initial
        return <SongRow key={song.id} song={song} letter={startsLetter ? initial : null} />
      })}
    </ol>
  )
}
