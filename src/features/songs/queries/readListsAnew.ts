import type { QueryClient } from '@tanstack/react-query'
import { dropKeptAnswers } from '../../tags/index.ts'
import { SONG_ANSWERS, songKeys } from './songKeys.ts'

/** A song has changed: every answer about several songs is dropped, and those on the page are read anew. */
export async function readListsAnew(queryClient: QueryClient): Promise<void> {
  // First what is kept: it would be the answer.
  await dropKeptAnswers(queryClient, [SONG_ANSWERS])
  await queryClient.invalidateQueries({ queryKey: songKeys.lists() })
}
