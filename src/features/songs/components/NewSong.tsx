import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { newId } from '../../../lib/newId.ts'
import { hasSongDraft, type SongBase } from '../queries/songDraft.ts'
import { type NewSongSave, useAddSong } from '../queries/useAddSong.ts'
import { useLastSave } from '../queries/useLastSave.ts'
import type { AddedSong } from '../services/editSong.ts'
import { NEW_SONG } from '../songEdit.ts'
import { RestoredDraft } from './RestoredDraft.tsx'
import { SaveState } from './SaveState.tsx'
import { SongForm } from './SongForm.tsx'
import { useSongForm } from './useSongForm.ts'

const newSong = (): SongBase & { newId: string } => ({ version: 0, read: NEW_SONG, newId: newId() })

/** @param onAdded with the new song's id, and whether more was typed since it was sent */
export function NewSong({ onAdded }: { onAdded: (id: string, hasMore: boolean) => void }) {
  const queryClient = useQueryClient()
  const [begin] = useState(newSong)
  const { form, base, dirty, isRestored, restart } = useSongForm(null, begin)
  const { mutate } = useAddSong()
  const add = useLastSave<AddedSong, NewSongSave>(null, ({ data }) => {
    if (data) onAdded(data.id, hasSongDraft(queryClient, data.id))
  })

  return (
    <>
      {isRestored && <RestoredDraft />}
      <SongForm
        form={form}
        onSave={(values) => mutate({ id: base.newId ?? begin.newId, values })}
        onDiscard={dirty ? () => restart(newSong()) : undefined}
        saveLabel="Add song"
        busy={add?.status === 'pending'}
      >
        <SaveState isPaused={add?.isPaused ?? false} error={dirty ? add?.error : null} />
      </SongForm>
    </>
  )
}
