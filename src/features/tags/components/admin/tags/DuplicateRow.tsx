import { Button } from '../../../../../components/Button.tsx'
import { ButtonLink } from '../../../../../components/ButtonLink.tsx'
import { countOf } from '../../../../../lib/numbers.ts'
import type { DuplicatePair } from '../../../catalog/duplicatePairs.ts'
import { CategoryShape } from '../../CategoryShape.tsx'
import styles from './DuplicateRow.module.css'
import { nearness } from './nearness.ts'

type Props = { pair: DuplicatePair; onKeepApart: () => void }

export function DuplicateRow({ pair, onKeepApart }: Props) {
  const { keep, merge } = pair
  const ids = { from: `${merge.id},${keep.id}`, into: keep.id }
  return (
    <li className={styles.row}>
      <div className={styles.text}>
        <p className={styles.names}>
          <CategoryShape category={merge.category} />
          <bdi>{merge.name}</bdi> → <CategoryShape category={keep.category} />
          <bdi>{keep.name}</bdi>
        </p>
        <p className={styles.quiet}>
          {nearness(pair)} · {countOf(merge.usage, 'song')} would change · {countOf(keep.usage, 'song')} with
          “<bdi>{keep.name}</bdi>”{keep.isStandard && ', standard'}
        </p>
      </div>
      <div className={styles.deeds}>
        <ButtonLink to={`/admin/tags/merge?${new URLSearchParams(ids)}`}>
          {`Merge “${merge.name}”…`}
        </ButtonLink>
        <Button aria-label={`Not the same: ${merge.name} and ${keep.name}`} onClick={onKeepApart}>
          Not the same
        </Button>
      </div>
    </li>
  )
}
