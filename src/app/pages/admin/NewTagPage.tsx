import { BackLink } from '../../../components/BackLink.tsx'
import { NewTag } from '../../../features/tags/index.ts'
import styles from './AdminPage.module.css'

export function NewTagPage() {
  return (
    <>
      <title>New tag – HSA Songbook</title>
      <BackLink to="/admin/tags">All tags</BackLink>
      <h1 className={styles.heading}>New tag</h1>
      <p className={styles.about}>
        A custom tag, before any song has it. It can be made a standard tag later.
      </p>
      <NewTag />
    </>
  )
}
