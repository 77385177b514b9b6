import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { findSongs } from '../../services/findSongs.ts'
import { migrationKeys } from './migrationKeys.ts'

function foundSongsQuery(text: string) {
  return queryOptions({
    queryKey: migrationKeys.found(text),
    queryFn: ({ signal }) => findSongs(text, signal),
    enabled: text !== '',
    placeholderData: keepPreviousData,
  })
}

/** Some songs whose title holds the text, or the one with this id. */
export function useFoundSongs(text: string) {
  return useQuery(foundSongsQuery(text.trim()))
}
