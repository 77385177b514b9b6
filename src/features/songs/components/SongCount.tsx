import { countOf } from '../../../lib/format.ts'
import { useSongCount } from '../queries/songCount.ts'
import type { SongFilter } from '../types.ts'
import styles from './SongCount.module.css'

type Props = { filter: SongFilter; ready: boolean }

export function SongCount({ filter, ready }: Props) {
  const count = useSongCount(filter, { enabled: ready })
  // The last filter's count may stand while the next one is on its way, but not when that cannot come.
  const known = ready && count.data !== undefined && count.fetchStatus !== 'paused'
  return (
    <p className={styles.count} role="status">
      {/* A count that cannot be had is left out: the list below says what is wrong. */}
      {known && countOf(count.data, 'song')}
    </p>
  )
}
