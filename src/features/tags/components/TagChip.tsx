import { Link } from 'react-router'
import { categoryLabel } from '../categoryLabel.ts'
import type { Tag } from '../types.ts'
import { CategoryShape } from './CategoryShape.tsx'
import chip from './chip.module.css'
import styles from './TagChip.module.css'

/** A tag that leads to the songs which carry it. */
export function TagChip({ tag }: { tag: Tag }) {
  const label = categoryLabel(tag.category)
  return (
    <Link
      className={`${chip.chip} ${chip[tag.category]} ${styles.link}`}
      to={{ pathname: '/', search: `?tags=${tag.id}` }}
      title={`${label}: show songs tagged ${tag.name}`}
    >
      <CategoryShape category={tag.category} />
      <bdi className={chip.name}>{tag.name}</bdi>
      <span className="visually-hidden">, {label.toLowerCase()}</span>
    </Link>
  )
}
