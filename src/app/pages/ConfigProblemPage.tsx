import { Notice } from '../../components/Notice.tsx'
import styles from './Page.module.css'

/** Instead of the app: without a valid configuration nothing of it could work. */
export function ConfigProblemPage({ problems }: { problems: readonly string[] }) {
  return (
    <main className={styles.alone}>
      <h1 className={styles.heading}>The songbook is not set up</h1>
      <Notice
        tone="problem"
        title={problems.length === 1 ? 'One setting is wrong' : `${problems.length} settings are wrong`}
        text="Put it right where the app is built or served, then load this page again. npm start sets everything by itself."
      />
      <ul className={styles.problems}>
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </main>
  )
}
