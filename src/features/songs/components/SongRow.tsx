import { memo } from 'react'
import { Link, useLocation } from 'react-router'
import { TagChips } from '../../tags/index.ts'
import type { ListedSong } from '../services/songService.ts'
import styles from './SongRow.module.css'

type Props = {
  song: ListedSong
  /** On the first song of a letter. */
  letter: string | null
}

export const SongRow = memo(function SongRow({ song, letter }: Props) {
  const { search } = useLocation()
  return (
    <li className={letter ? `${styles.row} ${styles.first}` : styles.row}>
      <span className={styles.letter} aria-hidden="true">
        {letter}
      </span>
      <div className={styles.song}>
        <Link className={styles.title} to={`/songs/${song.id}`} state={{ list: search }} dir="auto">
          {song.title}
        </Link>
        <p className={styles.artist} dir="auto">
          {song.artist ?? 'Artist not known'}
        </p>
      </div>
      <div className={styles.tags}>{song.tags.length > 0 && <TagChips tags={song.tags} limit={3} />}</div>
    </li>
  )
})
