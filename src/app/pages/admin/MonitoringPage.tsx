import { useLocation } from 'react-router'
import { RequireAdmin } from '../../../features/auth/index.ts'
import { MonitoringDashboard } from '../../../features/tags/index.ts'
import { signInAddress } from '../../layout/signInAddress.ts'
import styles from './AdminPage.module.css'

export function MonitoringPage() {
  const location = useLocation()
  return (
    <RequireAdmin signInTo={signInAddress(location)}>
      <title>Monitoring – HSA Songbook</title>
      <h1 className={styles.heading}>Monitoring</h1>
      <p className={styles.about}>
        How fast the songbook is for the people who use it, and what they use. Nobody is named in it.
      </p>
      <MonitoringDashboard />
    </RequireAdmin>
  )
}
