import { useMutation, useQueryClient } from '@tanstack/react-query'
import { addSong } from '../services/songService.ts'
import type { SongFields } from '../types.ts'
import { dropSongDraft } from './songDraft.ts'
import { useSongChanged } from './useSongChanged.ts'

type NewSong = { fields: SongFields; tags: { ids: readonly string[]; names: readonly string[] } }

/** Adds a song. It is sent once: an answer that got lost must not become a second song. */
export function useAddSong() {
  const queryClient = useQueryClient()
  const songChanged = useSongChanged()
  return useMutation({
    mutationFn: ({ fields, tags }: NewSong) => addSong(fields, tags),
    onSuccess: (added, { tags }) => {
      dropSongDraft(queryClient, null)
      return songChanged(added.id, added, { newTags: tags.names.length > 0 })
    },
  })
}
