import { useQueryClient } from '@tanstack/react-query'
import { hasSongDraft } from '../queries/songDraft.ts'
import { useAddSong } from '../queries/useAddSong.ts'
import { useLastSave } from '../queries/useLastSave.ts'
import type { AddedSong } from '../services/editSong.ts'
import { NEW_SONG, type SongValues } from '../songEdit.ts'
import { RestoredDraft } from './RestoredDraft.tsx'
import { SaveState } from './SaveState.tsx'
import { SongForm } from './SongForm.tsx'
import { useSongForm } from './useSongForm.ts'

const BEGIN = { version: 0, read: NEW_SONG }

/** @param onAdded with the new song's id, and whether more was typed since it was sent */
export function NewSong({ onAdded }: { onAdded: (id: string, hasMore: boolean) => void }) {
  const queryClient = useQueryClient()
  const { form, dirty, isRestored, restart } = useSongForm(null, BEGIN)
  const { mutate } = useAddSong()
  const add = useLastSave<AddedSong, SongValues>(null, ({ data }) => {
    if (data) onAdded(data.id, hasSongDraft(queryClient, data.id))
  })

  return (
    <>
      {isRestored && <RestoredDraft />}
      <SongForm
        form={form}
        onSave={(values) => mutate(values)}
        onDiscard={dirty ? () => restart(BEGIN) : undefined}
        saveLabel="Add song"
        busy={add?.status === 'pending'}
      >
        <SaveState isPaused={add?.isPaused ?? false} error={dirty ? add?.error : null} />
      </SongForm>
    </>
  )
}
