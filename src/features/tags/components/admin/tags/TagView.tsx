import { Link } from 'react-router'
import { dateOf } from '../../../../../lib/format.ts'
import { countOf } from '../../../../../lib/numbers.ts'
import { categoryLabel } from '../../../categoryLabel.ts'
import type { TagDetails } from '../../../services/adminTag.ts'
import { CategoryShape } from '../../CategoryShape.tsx'
import { MergedTags } from './MergedTags.tsx'
import { TagForm } from './TagForm.tsx'
import { TagMarks } from './TagMarks.tsx'
import { TagStanding } from './TagStanding.tsx'
import { TagUsageView } from './TagUsageView.tsx'
import styles from './TagView.module.css'

/** Everything that can be seen of a tag, and done with it. */
export function TagView({ tag }: { tag: TagDetails }) {
  return (
    <div className={styles.view}>
      <header>
        <h1 className={styles.heading}>
          <bdi>{tag.name}</bdi>
        </h1>
        <p className={styles.facts}>
          <CategoryShape category={tag.category} />
          {categoryLabel(tag.category)}
          <TagMarks tag={tag} />
          <Link to={`/?${new URLSearchParams({ tag: tag.normalizedName })}`}>
            {countOf(tag.songs, 'song')}
          </Link>
          <span>
            made on {dateOf(tag.createdAt)}
            {tag.createdBy !== null && ` by ${tag.createdBy}`}
          </span>
          <Link to={`/admin/log?${new URLSearchParams({ tag: tag.id })}`}>What was done to it</Link>
        </p>
      </header>
      {tag.mergedInto === null && (
        <>
          <TagForm tag={tag} />
          <TagStanding tag={tag} />
        </>
      )}
      <MergedTags tag={tag} />
      <TagUsageView tag={tag} />
    </div>
  )
}
