import { TagChips } from '../../tags/index.ts'
import type { Song } from '../services/songService.ts'
import { ArrangementsTable } from './ArrangementsTable.tsx'
import { Lyrics } from './Lyrics.tsx'
import styles from './SongDetail.module.css'
import { WrittenThemes } from './WrittenThemes.tsx'

export function SongDetail({ song }: { song: Song }) {
  return (
    <article className={styles.song}>
      <header className={styles.header}>
        <h1 className={styles.title} dir="auto">
          {song.title}
        </h1>
        <p className={styles.artist} dir="auto">
          {song.artist ?? 'Artist not known'}
        </p>
        <div className={styles.tags}>
          {song.tags.length > 0 ? <TagChips tags={song.tags} /> : <p className={styles.none}>No tags yet</p>}
        </div>
      </header>
      {song.lyrics?.trim() && <Lyrics text={song.lyrics} />}
      <ArrangementsTable arrangements={song.arrangements} />
      <WrittenThemes songId={song.id} />
    </article>
  )
}
