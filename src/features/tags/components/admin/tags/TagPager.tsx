import { Button } from '../../../../../components/Button.tsx'
import type { ListedTag } from '../../../services/adminTag.ts'
import type { TagPosition } from '../../../services/tagAdminService.ts'
import styles from './TagPager.module.css'

type Props = {
  page: { rows: readonly ListedTag[]; hasMore: boolean }
  /** Where the page was asked for. */
  position: TagPosition
  onTurn: (position: TagPosition) => void
  /** The pointer or the focus is on the button that turns there. */
  onTurnAhead: (position: TagPosition) => void
}

export const FIRST_PAGE: TagPosition = { from: null, backwards: false }
const LAST_PAGE: TagPosition = { from: null, backwards: true }

/** Turns pages. There are no page numbers: what another admin adds or merges would shift them under one's eyes. */
export function TagPager({ page, position, onTurn, onTurnAhead }: Props) {
  const isFurtherDown = position.from !== null || position.backwards
  const hasBefore = position.backwards ? page.hasMore : isFurtherDown
  const hasAfter = position.backwards ? position.from !== null : page.hasMore
  const at = (row: ListedTag | undefined, backwards: boolean): TagPosition =>
    row === undefined ? FIRST_PAGE : { from: row.key, backwards }
  const button = (label: string, isThere: boolean, to: TagPosition) => (
    <Button
      unavailable={!isThere}
      onClick={() => onTurn(to)}
      onPointerEnter={isThere ? () => onTurnAhead(to) : undefined}
      onFocus={isThere ? () => onTurnAhead(to) : undefined}
    >
      {label}
    </Button>
  )
  return (
    <nav aria-label="Pages" className={styles.pager}>
      {button('First', hasBefore, FIRST_PAGE)}
      {button('Previous', hasBefore, at(page.rows[0], true))}
      {button('Next', hasAfter, at(page.rows.at(-1), false))}
      {button('Last', hasAfter, LAST_PAGE)}
    </nav>
  )
}
