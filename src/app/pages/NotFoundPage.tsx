import { ButtonLink } from '../../components/ButtonLink.tsx'
import { Notice } from '../../components/Notice.tsx'
import styles from './Page.module.css'

export function NotFoundPage() {
  return (
    <div className={styles.page}>
      <title>Page not found – HSA Songbook</title>
      <h1 className={styles.heading}>Page not found</h1>
      <Notice
        tone="plain"
        title="There is nothing at this address"
        text="Check it for a typing mistake, or start from the songs."
      >
        <ButtonLink to="/">Show all songs</ButtonLink>
      </Notice>
    </div>
  )
}
