import { BackLink } from '../../../components/BackLink.tsx'
import { TagMerge } from '../../../features/tags/index.ts'
import styles from './AdminPage.module.css'

export function MergeTagsPage() {
  return (
    <>
      <title>Merge tags – HSA Songbook</title>
      <BackLink to="/admin/tags">All tags</BackLink>
      <h1 className={styles.heading}>Merge tags</h1>
      <p className={styles.about}>
        One tag comes to stand for the others: their songs carry it, and their names lead to it. All of it
        happens at once or not at all, and each merge can be undone.
      </p>
      <TagMerge />
    </>
  )
}
