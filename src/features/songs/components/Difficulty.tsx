import styles from './Difficulty.module.css'

const levels = [1, 2, 3, 4, 5]

/** Five dots, as many of them full as the arrangement is hard. */
export function Difficulty({ level }: { level: number }) {
  return (
    <span className={styles.difficulty} title={`${level} of 5`}>
      <span className="visually-hidden">{level} of 5</span>
      {levels.map((dot) => (
        <span key={dot} className={dot <= level ? `${styles.dot} ${styles.full}` : styles.dot} />
      ))}
    </span>
  )
}
