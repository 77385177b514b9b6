import { countOf } from '../../../lib/numbers.ts'
import styles from './SearchCount.module.css'

type Props = {
  /** Undefined while it is not known; the list says why. */
  total: number | undefined
}

export function SearchCount({ total }: Props) {
  return (
    <p className={styles.count} role="status">
      {total !== undefined && countOf(total, 'song')}
    </p>
  )
}
