import styles from './Then.module.css'

type Props = {
  tags: readonly string[]
  /** Those of the column before: what came since and what went is marked. Null where there is nothing to compare with. */
  since: readonly string[] | null
}

/** The tags of a song at some time. */
export function TagsThen({ tags, since }: Props) {
  const gone = (since ?? []).filter((tag) => !tags.includes(tag))
  if (tags.length + gone.length === 0) return <p className={styles.none}>no tag</p>
  return (
    <ul className={`plain-list ${styles.tags}`} aria-label="Tags">
      {tags.map((tag) =>
        since === null || since.includes(tag) ? (
          <li key={tag} className={styles.tag}>
            {tag}
          </li>
        ) : (
          <li key={tag} className={`${styles.tag} ${styles.come}`}>
            <span aria-hidden="true">+ </span>
            {tag}
            <span className="visually-hidden">, added</span>
          </li>
        ),
      )}
      {gone.map((tag) => (
        <li key={tag} className={`${styles.tag} ${styles.gone}`}>
          <span aria-hidden="true">− </span>
          {tag}
          <span className="visually-hidden">, removed</span>
        </li>
      ))}
    </ul>
  )
}
