import { Route, Routes } from 'react-router'
import { useSessionSync, useSignedInUser } from '../features/auth/index.ts'
import { useSearchOwner } from '../features/search/index.ts'
import { useEditsGuard, useKeptTagEdits, useSongNews } from '../features/songs/index.ts'
import { useTagMetrics, useTagOwner } from '../features/tags/index.ts'
import { Layout } from './layout/Layout.tsx'
import { AdminPages, EditSongPage, NewSongPage, NotFoundPage, SignInPage } from './lazyPages.ts'
import { SongPage } from './pages/SongPage.tsx'
import { SongsPage } from './pages/SongsPage.tsx'

export function AppRoutes() {
  useSessionSync()
  useSongNews()
  useEditsGuard()
  const { data: user } = useSignedInUser()
  const userId = user === undefined ? undefined : (user?.id ?? null)
  useTagOwner(userId)
  useTagMetrics(userId)
  useSearchOwner(userId)
  useKeptTagEdits(userId)
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
