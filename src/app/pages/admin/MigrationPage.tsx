import { useLocation } from 'react-router'
import { RequireAdmin } from '../../../features/auth/index.ts'
import { MigrationConsole } from '../../../features/tags/index.ts'
import { signInAddress } from '../../layout/signInAddress.ts'
import styles from './AdminPage.module.css'

export function MigrationPage() {
  const location = useLocation()
  return (
    <RequireAdmin signInTo={signInAddress(location)}>
      <title>Migration – HSA Songbook</title>
      <h1 className={styles.heading}>Migration</h1>
      <p className={styles.about}>
        Turns the songs’ free-text themes into tags. It can be stopped at any moment and taken back; the
        themes stay what they were.
      </p>
      <MigrationConsole />
    </RequireAdmin>
  )
}
