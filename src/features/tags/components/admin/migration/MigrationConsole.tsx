import { NavLink, Route, Routes } from 'react-router'
import { HistoryView } from './history/HistoryView.tsx'
import styles from './MigrationConsole.module.css'
import { PlanView } from './plan/PlanView.tsx'
import { RunView } from './RunView.tsx'

const VIEWS = [
  { to: '/admin/migration', label: 'Run' },
  { to: '/admin/migration/plan', label: 'Plan' },
  { to: '/admin/migration/history', label: 'History' },
]

/** Everything that an admin does about the migration. For admins: the database answers nobody else. */
export function MigrationConsole() {
  return (
    <>
      <nav aria-label="Migration" className={styles.nav}>
        <ul className="plain-list">
          {VIEWS.map(({ to, label }) => (
            <li key={to}>
              <NavLink to={to} end className={`${styles.link}`}>
                {label}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      <Routes>
        <Route index element={<RunView />} />
        <Route path="plan" element={<PlanView />} />
        <Route path="history" element={<HistoryView />} />
        <Route path="*" element={<RunView />} />
      </Routes>
    </>
  )
}
