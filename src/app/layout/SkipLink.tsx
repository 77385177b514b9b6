import styles from './SkipLink.module.css'

export function SkipLink() {
  return (
    <a href="#content" className={styles.skip}>
      Skip to the content
    </a>
  )
}
