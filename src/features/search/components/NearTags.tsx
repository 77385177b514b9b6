import { countOf } from '../../../lib/numbers.ts'
import { CategoryShape, useNearTags } from '../../tags/index.ts'
import styles from './NearTags.module.css'

type Props = { text: string; onChoose: (tagId: string) => void }

/** Tags that a text which no song has may have meant: from the vocabulary that this device has. */
export function NearTags({ text, onChoose }: Props) {
  const tags = useNearTags(text)
  if (tags.length === 0) return null
  return (
    <section aria-labelledby="near-tags">
      <h2 id="near-tags" className={styles.heading}>
        Songs tagged
      </h2>
      <ul className={`plain-list ${styles.tags}`}>
        {tags.map((tag) => (
          <li key={tag.id}>
            <button type="button" className={styles.tag} onClick={() => onChoose(tag.id)}>
              <CategoryShape category={tag.category} />
              <bdi>{tag.name}</bdi>
              {tag.usage > 0 && <span className={styles.usage}>{countOf(tag.usage, 'song')}</span>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
