import { Navigate, Route, Routes } from 'react-router'
import { lazy } from '../../../lib/lazy.ts'
import { NotFoundPage } from '../NotFoundPage.tsx'
import { AdminLayout } from './AdminLayout.tsx'

const MigrationPage = lazy(() => import('./MigrationPage.tsx').then((page) => page.MigrationPage))
const ModerationLogPage = lazy(() => import('./ModerationLogPage.tsx').then((page) => page.ModerationLogPage))
const MonitoringPage = lazy(() => import('./MonitoringPage.tsx').then((page) => page.MonitoringPage))
const TagsPage = lazy(() => import('./TagsPage.tsx').then((page) => page.TagsPage))
const TagPage = lazy(() => import('./TagPage.tsx').then((page) => page.TagPage))
const NewTagPage = lazy(() => import('./NewTagPage.tsx').then((page) => page.NewTagPage))
const DuplicateTagsPage = lazy(() => import('./DuplicateTagsPage.tsx').then((page) => page.DuplicateTagsPage))
const MergeTagsPage = lazy(() => import('./MergeTagsPage.tsx').then((page) => page.MergeTagsPage))

/** The console's own routes: none of it is part of what a reader loads. */
export function AdminPages() {
  return (
    <Routes>
      <Route element={<AdminLayout />}>
        <Route index element={<Navigate to="tags" replace />} />
        <Route path="migration/*" element={<MigrationPage />} />
        <Route path="tags" element={<TagsPage />} />
        <Route path="tags/new" element={<NewTagPage />} />
        <Route path="tags/duplicates" element={<DuplicateTagsPage />} />
        <Route path="tags/merge" element={<MergeTagsPage />} />
        <Route path="tags/:tagId" element={<TagPage />} />
        <Route path="log" element={<ModerationLogPage />} />
        <Route path="monitoring" element={<MonitoringPage />} />
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  )
}
