import { memo, type Ref } from 'react'
import { Link } from 'react-router'
import { Highlighted } from '../../../components/Highlighted.tsx'
import { TagChips } from '../../tags/index.ts'
import type { FoundSong } from '../services/searchService.ts'
import type { RangesOf } from '../useMatchRanges.ts'
import { SongFacts } from './SongFacts.tsx'
import styles from './SongRow.module.css'

type Props = {
  song: FoundSong
  /** On the first song of a letter; empty on its others. Null where letters mean nothing. */
  letter: string | null
  rangesOf: RangesOf
  /** The address of the search, for the way back. */
  list: string
  /** Its place among all the songs found, from 0, and how many they are. */
  place: number
  total: number
  onOpen: () => void
  /** px from the top of the list, where it is virtual. */
  offset?: number
  ref?: Ref<HTMLLIElement>
}

export const SongRow = memo(function SongRow(props: Props) {
  const { song, letter, rangesOf, list, place, total, onOpen, offset, ref } = props
  return (
    <li
      className={letter ? `${styles.row} ${styles.first}` : styles.row}
      aria-posinset={place + 1}
      aria-setsize={total}
      data-index={place}
      style={offset === undefined ? undefined : { transform: `translateY(${offset}px)` }}
      ref={ref}
    >
      {letter !== null && (
        <span className={styles.letter} aria-hidden="true">
          {letter}
        </span>
      )}
      <div className={styles.song}>
        <Link
          className={styles.title}
          to={`/songs/${song.id}`}
          state={{ list }}
          onClick={onOpen}
          data-song
          dir="auto"
        >
          <Highlighted text={song.title} ranges={rangesOf(song.title)} />
        </Link>
        <div className={styles.by}>
          <p className={styles.artist} dir="auto">
            {song.artist === null ? (
              'Artist not known'
            ) : (
              <Highlighted text={song.artist} ranges={rangesOf(song.artist)} />
            )}
          </p>
          <SongFacts song={song} />
        </div>
        {song.lyrics !== null && (
          <p className={styles.lyrics} dir="auto">
            <span className="visually-hidden">In the lyrics: </span>
            <Highlighted text={song.lyrics} ranges={rangesOf(song.lyrics)} />
          </p>
        )}
        {song.near && <p className={styles.near}>Nearly what you typed</p>}
      </div>
      {song.tags.length > 0 && (
        <div className={styles.tags}>
          <TagChips tags={song.tags} limit={3} />
        </div>
      )}
    </li>
  )
})
