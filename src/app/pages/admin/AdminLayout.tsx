import { NavLink, Outlet, useLocation } from 'react-router'
import { RequireAdmin } from '../../../features/auth/index.ts'
import { signInAddress } from '../../layout/signInAddress.ts'
import styles from './AdminLayout.module.css'

const sections = [
  { to: '/admin/tags', label: 'Tags' },
  { to: '/admin/migration', label: 'Migration' },
  { to: '/admin/log', label: 'Moderation log' },
  { to: '/admin/monitoring', label: 'Monitoring' },
]

/** What the console's pages share. A page that is not for moderators says so itself. */
export function AdminLayout() {
  const location = useLocation()
  return (
    <RequireAdmin signInTo={signInAddress(location)} moderatorsToo>
      <nav aria-label="Console" className={styles.nav}>
        <ul className="plain-list">
          {sections.map(({ to, label }) => (
            <li key={to}>
              <NavLink to={to} className={`${styles.link}`}>
                {label}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      <Outlet />
    </RequireAdmin>
  )
}
