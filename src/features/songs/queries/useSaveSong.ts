import { useMutation, useQueryClient } from '@tanstack/react-query'
import { shouldRetry } from '../../../lib/queryClient.ts'
import { measured } from '../../monitoring/index.ts'
import { EditConflict } from '../services/EditConflict.ts'
import type { EditedSong } from '../services/editSong.ts'
import { saveSong } from '../services/songEdits.ts'
import type { Song } from '../services/songService.ts'
import { fieldsOf, isWritten, type SongValues, songEdit, valuesOf } from '../songEdit.ts'
import { countTags } from './countTags.ts'
import { readSongAnew } from './song.ts'
import { songChanged } from './songChanged.ts'
import { type SongBase, settleSongDraft } from './songDraft.ts'
import { songKeys } from './songKeys.ts'

export type SongSave = { base: SongBase; values: SongValues }

/**
 * Saves a song's form; without a connection it waits.
 * @throws EditConflict through `error`; the song has then been read anew
 */
export function useSaveSong(id: string) {
  const queryClient = useQueryClient()

  async function save({ base, values }: SongSave): Promise<EditedSong | Song> {
    const edit = songEdit(base.read, values)
    try {
      const send = () => saveSong(id, base.version, edit.changes, edit.tags)
      return await measured('mutation', send, { label: 'song.save' })
    } catch (error) {
      if (!(error instanceof EditConflict)) throw error
      // The answer to this very edit may have been lost: then there is nothing to ask.
      const song = await readSongAnew(queryClient, id)
      if (song && isWritten(edit, song)) return song
      throw error
    }
  }

  return useMutation({
    mutationKey: songKeys.saving(id),
    mutationFn: save,
    retry: shouldRetry,
    onSuccess: (edited, { base, values }) => {
      const fields = fieldsOf(values)
      const read = valuesOf({ ...fields, ...edited })
      // Here, not in the form: that may be gone when the answer comes.
      settleSongDraft(queryClient, { from: id, to: id }, values, { version: edited.version, read })
      const { ids, names, removed } = songEdit(base.read, values).tags
      countTags({ added: ids, removed })
      return songChanged(queryClient, id, edited, {
        fields: 'title' in edited ? {} : fields,
        newTags: names.length > 0,
      })
    },
  })
}
