import { useMutation, useQueryClient } from '@tanstack/react-query'
import { shouldRetry } from '../../../lib/queryClient.ts'
import { saveSong } from '../services/songService.ts'
import type { SongEdit } from '../songEdit.ts'
import { dropSongDraft } from './songDraft.ts'
import { useSongChanged } from './useSongChanged.ts'

type Save = SongEdit & { version: number }

/** Saves a song's form. @throws EditConflict through `error`; without a connection it waits. */
export function useSaveSong(id: string) {
  const queryClient = useQueryClient()
  const songChanged = useSongChanged()
  return useMutation({
    mutationFn: ({ version, changes, tags }: Save) => saveSong(id, version, changes, tags),
    retry: shouldRetry,
    onSuccess: (edited, { changes, tags }) => {
      // Here, not in the form: that may be gone when the answer comes.
      dropSongDraft(queryClient, id)
      const { themes: _old, ...fields } = changes
      return songChanged(id, edited, { fields, newTags: tags.names.length > 0 })
    },
  })
}
