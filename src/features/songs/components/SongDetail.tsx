import type { Song } from '../services/songService.ts'
import { ArrangementsTable } from './ArrangementsTable.tsx'
import { Lyrics } from './Lyrics.tsx'
import styles from './SongDetail.module.css'
import { SongTags } from './SongTags.tsx'
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
          <SongTags song={song} />
        </div>
      </header>
      {song.lyrics?.trim() && <Lyrics text={song.lyrics} />}
      <ArrangementsTable arrangements={song.arrangements} />
      <WrittenThemes songId={song.id} />
    </article>
  )
}
