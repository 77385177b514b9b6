import { useMutation, useQueryClient } from '@tanstack/react-query'
import { measured } from '../../monitoring/index.ts'
import { addSong } from '../services/songEdits.ts'
import { fieldsOf, NEW_SONG, type SongValues, songEdit, valuesOf } from '../songEdit.ts'
import { countTags } from './countTags.ts'
import { songChanged } from './songChanged.ts'
import { settleSongDraft } from './songDraft.ts'
import { songKeys } from './songKeys.ts'

export type NewSongSave = { id: string; values: SongValues }

/** Adds a song under an id of the form's own: sent again after an answer that got lost, it is no second song. */
export function useAddSong() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationKey: songKeys.saving(null),
    mutationFn: ({ id, values }: NewSongSave) =>
      measured('mutation', () => addSong(id, fieldsOf(values), songEdit(NEW_SONG, values).tags), {
        label: 'song.add',
      }),
    onSuccess: (added, { values }) => {
      const read = valuesOf({ ...fieldsOf(values), tags: added.tags })
      settleSongDraft(queryClient, { from: null, to: added.id }, values, { version: added.version, read })
      const ids = values.tags.map(({ id }) => id)
      countTags({ added: ids })
      return songChanged(queryClient, added.id, added, { newTags: ids.includes(null) })
    },
  })
}
