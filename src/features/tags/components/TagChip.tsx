import { Link } from 'react-router'
import { categoryLabel } from '../categoryLabel.ts'
import type { Tag } from '../types.ts'
import { CategoryShape } from './CategoryShape.tsx'
import styles from './TagChip.module.css'

/** A tag that leads to the songs which carry it. */
export function TagChip({ tag }: { tag: Tag }) {
  const label = categoryLabel(tag.category)
  return (
    <Link
      className={`${styles.chip} ${styles[tag.category]}`}
      to={{ pathname: '/', search: `?tags=${tag.id}` }}
      title={`${label}: show songs tagged ${tag.name}`}
    >
      <CategoryShape category={tag.category} />
      <bdi className={styles.name}>{tag.name}</bdi>
      <span className="visually-hidden">, {label.toLowerCase()}</span>
    </Link>
  )
}
