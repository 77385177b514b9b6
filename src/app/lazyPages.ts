import { lazy } from '../lib/lazy.ts'

// The songs are what everybody comes for: their pages come with the app, the others when they are asked for.
export const SignInPage = lazy(() => import('./pages/SignInPage.tsx').then((page) => page.SignInPage))
export const NewSongPage = lazy(() => import('./pages/NewSongPage.tsx').then((page) => page.NewSongPage))
export const EditSongPage = lazy(() => import('./pages/EditSongPage.tsx').then((page) => page.EditSongPage))
export const AdminPages = lazy(() => import('./pages/admin/AdminPages.tsx').then((pages) => pages.AdminPages))
export const NotFoundPage = lazy(() => import('./pages/NotFoundPage.tsx').then((page) => page.NotFoundPage))
