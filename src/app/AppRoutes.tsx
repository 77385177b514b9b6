import { lazy } from 'react'
import { Route, Routes } from 'react-router'
import { useSessionSync, useSignedInUser } from '../features/auth/index.ts'
import { useSongNews } from '../features/songs/index.ts'
import { useTagOwner } from '../features/tags/index.ts'
import { Layout } from './layout/Layout.tsx'
import { SongPage } from './pages/SongPage.tsx'
import { SongsPage } from './pages/SongsPage.tsx'

// The songs are what everybody comes for: their pages come with the app, the others when they are asked for.
const SignInPage = lazy(() => import('./pages/SignInPage.tsx').then((page) => ({ default: page.SignInPage })))
const NewSongPage = lazy(() =>
  import('./pages/NewSongPage.tsx').then((page) => ({ default: page.NewSongPage })),
)
const EditSongPage = lazy(() =>
  import('./pages/EditSongPage.tsx').then((page) => ({ default: page.EditSongPage })),
)
const AdminPages = lazy(() =>
  import('./pages/admin/AdminPages.tsx').then((pages) => ({ default: pages.AdminPages })),
)
const NotFoundPage = lazy(() =>
  import('./pages/NotFoundPage.tsx').then((page) => ({ default: page.NotFoundPage })),
)

export function AppRoutes() {
  useSessionSync()
  useSongNews()
  const { data: user } = useSignedInUser()
  useTagOwner(user === undefined ? undefined : (user?.id ?? null))
  return (
    <Routes>
      <Route element={<Layout />}>
        <Route index element={<SongsPage />} />
        <Route path="songs/:songId" element={<SongPage />} />
        <Route path="songs/new" element={<NewSongPage />} />
        <Route path="songs/:songId/edit" element={<EditSongPage />} />
        <Route path="sign-in" element={<SignInPage />} />
        <Route path="admin/*" element={<AdminPages />} />
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  )
}
