import { BackLink } from '../../../components/BackLink.tsx'
import { DuplicateTags } from '../../../features/tags/index.ts'
import styles from './AdminPage.module.css'

export function DuplicateTagsPage() {
  return (
    <>
      <title>Near duplicates – HSA Songbook</title>
      <BackLink to="/admin/tags">All tags</BackLink>
      <h1 className={styles.heading}>Near duplicates</h1>
      <p className={styles.about}>
        Tags that may mean the same, those with most songs first. Nothing is merged before you have seen what
        it changes.
      </p>
      <DuplicateTags />
    </>
  )
}
