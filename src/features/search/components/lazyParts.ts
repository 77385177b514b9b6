import { lazy } from '../../../lib/lazy.ts'

// What the songs are read without is no part of the first load.
export const Filters = lazy(() => import('./Filters.tsx').then((module) => module.Filters))
export const FilterSheet = lazy(() => import('./FilterSheet.tsx').then((module) => module.FilterSheet))
export const SearchSummary = lazy(() => import('./SearchSummary.tsx').then((module) => module.SearchSummary))
export const NoSongs = lazy(() => import('./NoSongs.tsx').then((module) => module.NoSongs))
export const SongsOffline = lazy(() => import('./SongsOffline.tsx').then((module) => module.SongsOffline))
export const RecentSearches = lazy(() =>
  import('./RecentSearches.tsx').then((module) => module.RecentSearches),
)
export const UnreadFilters = lazy(() => import('./UnreadFilters.tsx').then((module) => module.UnreadFilters))
export const OldTagLink = lazy(() => import('./OldTagLink.tsx').then((module) => module.OldTagLink))
