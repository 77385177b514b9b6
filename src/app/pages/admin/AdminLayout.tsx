import { NavLink, Outlet, useLocation } from 'react-router'
import { RequireAdmin, useRole } from '../../../features/auth/index.ts'
import { signInAddress } from '../../layout/signInAddress.ts'
import styles from './AdminLayout.module.css'

const sections = [
  { to: '/admin/tags', label: 'Tags', adminsOnly: false },
  { to: '/admin/migration', label: 'Migration', adminsOnly: true },
  { to: '/admin/log', label: 'Moderation log', adminsOnly: false },
  { to: '/admin/monitoring', label: 'Monitoring', adminsOnly: true },
]

/** What the console's pages share. A page that is not for moderators says so itself. */
export function AdminLayout() {
  const location = useLocation()
  const { data: role } = useRole()
  const shown = sections.filter(({ adminsOnly }) => !adminsOnly || role === 'admin')
  return (
    <RequireAdmin signInTo={signInAddress(location)} moderatorsToo>
      <nav aria-label="Console" className={styles.nav}>
        <ul className="plain-list">
          {shown.map(({ to, label }) => (
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
