export { SongSearch } from './components/SongSearch.tsx'
export { useSongOpened } from './queries/useSongOpened.ts'
export { useSearchOwner } from './useSearchOwner.ts'
