import { useContext } from 'react'
import { Link } from 'react-router'
import type { ListedTag } from '../../../services/adminTag.ts'
import { CategoryShape } from '../../CategoryShape.tsx'
import { ListAddress } from './listAddress.ts'
import { TagMarks } from './TagMarks.tsx'
import styles from './TagNameCell.module.css'

const SYNONYMS_SHOWN = 4

export function TagNameCell({ tag }: { tag: ListedTag }) {
  const list = useContext(ListAddress)
  const more = tag.synonyms.length - SYNONYMS_SHOWN
  return (
    <div className={styles.cell}>
      <CategoryShape category={tag.category} />
      <div className={styles.text}>
        <p className={styles.line}>
          {/* The list, so that the way back leads to the same page of it. */}
          <Link to={`/admin/tags/${tag.id}`} state={{ list }} className={styles.name}>
            <bdi>{tag.name}</bdi>
          </Link>
          <TagMarks tag={tag} />
        </p>
        {tag.mergedInto !== null && (
          <p className={styles.quiet}>
            stands for <bdi>{tag.mergedInto.name}</bdi>
          </p>
        )}
        {tag.synonyms.length > 0 && (
          <p className={styles.quiet}>
            also <bdi>{tag.synonyms.slice(0, SYNONYMS_SHOWN).join(', ')}</bdi>
            {more > 0 && ` and ${more} more`}
          </p>
        )}
      </div>
    </div>
  )
}
