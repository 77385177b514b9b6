import { Button } from '../../../../../components/Button.tsx'
import type { ListedTag } from '../../../services/adminTag.ts'
import type { TagPosition } from '../../../services/tagAdminService.ts'
import styles from './TagPager.module.css'

type Props = {
  page: { rows: readonly ListedTag[]; hasMore: boolean }
  /** Where the page was asked for. */
  position: TagPosition
  onTurn: (position: TagPosition) => void
}

const FIRST: TagPosition = { from: null, backwards: false }
const LAST: TagPosition = { from: null, backwards: true }

/** Turns pages. There are no page numbers: what another admin adds or merges would shift them under one's eyes. */
export function TagPager({ page, position, onTurn }: Props) {
  const isFurtherDown = position.from !== null || position.backwards
  const hasBefore = position.backwards ? page.hasMore : isFurtherDown
  const hasAfter = position.backwards ? position.from !== null : page.hasMore
  const turn = (row: ListedTag | undefined, backwards: boolean) =>
    onTurn(row === undefined ? FIRST : { from: row.key, backwards })
  return (
    <nav aria-label="Pages" className={styles.pager}>
      <Button unavailable={!hasBefore} onClick={() => onTurn(FIRST)}>
        First
      </Button>
      <Button unavailable={!hasBefore} onClick={() => turn(page.rows[0], true)}>
        Previous
      </Button>
      <Button unavailable={!hasAfter} onClick={() => turn(page.rows.at(-1), false)}>
        Next
      </Button>
      <Button unavailable={!hasAfter} onClick={() => onTurn(LAST)}>
        Last
      </Button>
    </nav>
  )
}
