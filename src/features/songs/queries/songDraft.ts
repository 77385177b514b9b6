import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import type { SongValues } from '../songEdit.ts'
import type { SongFormValues } from '../songFormSchema.ts'
import { songKeys } from './songKeys.ts'

/** A form that was left before it was saved. `version` and `read` are the song that it began with. */
export type SongDraft = { version: number; read: SongValues; values: SongFormValues }

/** For as long as the page lives: leaving the form by a link or the back button loses nothing. */
export function useSongDraft(id: string | null) {
  const queryClient = useQueryClient()
  const key = songKeys.draft(id)
  return {
    read: () => queryClient.getQueryData<SongDraft>(key),
    keep: (draft: SongDraft) => void queryClient.setQueryData(key, draft),
    drop: () => dropSongDraft(queryClient, id),
  }
}

export function dropSongDraft(queryClient: QueryClient, id: string | null): void {
  queryClient.removeQueries({ queryKey: songKeys.draft(id), exact: true })
}
