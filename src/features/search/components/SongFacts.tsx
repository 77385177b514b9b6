import { prettyKey } from '../../songs/index.ts'
import type { FoundSong } from '../services/searchService.ts'
import { spanWords } from '../spanWords.ts'
import styles from './SongFacts.module.css'

/** Keys that are named; who needs another finds it on the song's page. */
const KEYS = 4

/** What the band needs to know of a song's arrangements: keys, tempo, difficulty. */
export function SongFacts({ song: { keys, tempo, difficulty } }: { song: FoundSong }) {
  const more = keys.length - KEYS
  return (
    <p className={styles.facts}>
      {keys.length > 0 && (
        <span className={styles.keys}>
          <span className="visually-hidden">Key </span>
          {keys.slice(0, KEYS).map(prettyKey).join(', ')}
          {more > 0 && ` +${more}`}
        </span>
      )}
      {tempo && <span>{spanWords(tempo)} bpm</span>}
      {difficulty && (
        <span>
          <span className="visually-hidden">difficulty </span>
          {spanWords(difficulty)} of 5
        </span>
      )}
    </p>
  )
}
