import { countOf } from '../../../../../lib/numbers.ts'
import styles from './MergeChoice.module.css'

type Props = {
  tag: { name: string; songs: number; isStandard: boolean }
  checked: boolean
  onChoose: () => void
  onFocus?: () => void
}

export function MergeChoice({ tag: { name, songs, isStandard }, checked, onChoose, onFocus }: Props) {
  return (
    <label className={styles.choice}>
      <input type="radio" name="merge-into" checked={checked} onChange={onChoose} onFocus={onFocus} />
      <bdi className={styles.name}>{name}</bdi>
      <span className={styles.quiet}>
        {countOf(songs, 'song')}
        {isStandard && ', standard'}
      </span>
    </label>
  )
}
