import { ErrorPage } from './ErrorPage.tsx'
import styles from './Page.module.css'

type Props = { error: unknown; retry: () => void }

/** What is around the pages broke. */
export function BrokenAppPage({ error, retry }: Props) {
  return (
    <main className={styles.alone}>
      <ErrorPage error={error} retry={retry} />
    </main>
  )
}
