import { useAddSong } from '../queries/useAddSong.ts'
import { fieldsOf, NEW_SONG, songEdit } from '../songEdit.ts'
import type { SongFormValues } from '../songFormSchema.ts'
import { RestoredDraft } from './RestoredDraft.tsx'
import { SaveState } from './SaveState.tsx'
import { SongForm } from './SongForm.tsx'
import { useSongForm } from './useSongForm.ts'

const BEGIN = { version: 0, read: NEW_SONG }

/** @param onAdded with the new song's id */
export function NewSong({ onAdded }: { onAdded: (id: string) => void }) {
  const { form, dirty, isRestored, restart } = useSongForm(null, BEGIN)
  const add = useAddSong()

  function save(values: SongFormValues): void {
    const { tags } = songEdit(NEW_SONG, values)
    add.mutate({ fields: fieldsOf(values), tags }, { onSuccess: ({ id }) => onAdded(id) })
  }

  return (
    <>
      {isRestored && <RestoredDraft />}
      <SongForm
        form={form}
        onSave={save}
        onDiscard={dirty ? () => restart(BEGIN) : undefined}
        saveLabel="Add song"
        busy={add.isPending}
      >
        <SaveState isPaused={add.isPaused} error={add.error} />
      </SongForm>
    </>
  )
}
