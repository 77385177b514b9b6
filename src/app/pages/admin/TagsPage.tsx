import { ButtonLink } from '../../../components/ButtonLink.tsx'
import { TagList } from '../../../features/tags/index.ts'
import styles from './AdminPage.module.css'

export function TagsPage() {
  return (
    <>
      <title>Tags – HSA Songbook</title>
      <div className={styles.top}>
        <h1 className={styles.heading}>Tags</h1>
        <div className={styles.deeds}>
          <ButtonLink to="/admin/tags/duplicates">Near duplicates</ButtonLink>
          <ButtonLink to="/admin/tags/new">New tag</ButtonLink>
        </div>
      </div>
      <TagList />
    </>
  )
}
