import { useState } from 'react'
import { Button } from '../../../../../../components/Button.tsx'
import { TextField } from '../../../../../../components/TextField.tsx'
import { useFoundSongs } from '../../../../queries/migration/foundSongs.ts'
import { FailureNotice } from '../FailureNotice.tsx'
import { OfflineNotice } from '../OfflineNotice.tsx'
import { SongChanges } from './SongChanges.tsx'
import styles from './SongDiff.module.css'

/** What became of any song: before, migrated, now. */
export function SongDiff() {
  const [text, setText] = useState('')
  const [songId, setSongId] = useState<string | null>(null)
  const found = useFoundSongs(text)
  const songs = text.trim() === '' ? [] : (found.data ?? [])
  return (
    <section aria-labelledby="song-diff" className={styles.diff}>
      <h2 id="song-diff" className={styles.heading}>
        What became of a song
      </h2>
      <search className={styles.search}>
        <TextField
          label="Title or id"
          type="search"
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </search>
      {found.isPending && found.fetchStatus === 'paused' && <OfflineNotice what="What is found appears" />}
      {found.isError && <FailureNotice title="The songs could not be found" error={found.error} />}
      <ul className={`plain-list ${styles.found}`} aria-label="Songs found">
        {songs.map(({ id, title, artist }) => (
          <li key={id}>
            <Button aria-pressed={id === songId} onClick={() => setSongId(id)}>
              {title}
              {artist && <span className={styles.artist}>{artist}</span>}
            </Button>
          </li>
        ))}
      </ul>
      {text.trim() !== '' && found.isSuccess && songs.length === 0 && (
        <p className={styles.none}>No song has a title like that.</p>
      )}
      {songId !== null && <SongChanges songId={songId} />}
    </section>
  )
}
