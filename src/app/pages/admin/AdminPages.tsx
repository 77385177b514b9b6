import { lazy } from 'react'
import { Navigate, Route, Routes } from 'react-router'
import { NotFoundPage } from '../NotFoundPage.tsx'
import { AdminLayout } from './AdminLayout.tsx'

const MigrationPage = lazy(() =>
  import('./MigrationPage.tsx').then((page) => ({ default: page.MigrationPage })),
)
const ModerationLogPage = lazy(() =>
  import('./ModerationLogPage.tsx').then((page) => ({ default: page.ModerationLogPage })),
)
const MonitoringPage = lazy(() =>
  import('./MonitoringPage.tsx').then((page) => ({ default: page.MonitoringPage })),
)

/** The console's own routes: none of it is part of what a reader loads. */
export function AdminPages() {
  return (
    <Routes>
      <Route element={<AdminLayout />}>
        <Route index element={<Navigate to="log" replace />} />
        <Route path="migration/*" element={<MigrationPage />} />
        <Route path="log" element={<ModerationLogPage />} />
        <Route path="monitoring" element={<MonitoringPage />} />
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  )
}
