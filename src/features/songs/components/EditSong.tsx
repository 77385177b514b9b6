import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { readSongAnew } from '../queries/song.ts'
import { useSaveSong } from '../queries/useSaveSong.ts'
import { EditConflict } from '../services/EditConflict.ts'
import type { Song } from '../services/songService.ts'
import { isEmptyEdit, type SongValues, songEdit, valuesOf } from '../songEdit.ts'
import { RestoredDraft } from './RestoredDraft.tsx'
import { SaveState } from './SaveState.tsx'
import { SongConflict } from './SongConflict.tsx'
import { SongForm } from './SongForm.tsx'
import { useSongForm } from './useSongForm.ts'

type Base = { version: number; read: SongValues }
type Conflict = { mine: SongValues; theirs: Base }

const baseOf = (song: Song): Base => ({ version: song.version, read: valuesOf(song) })

/** The form of a song; when somebody else has saved it meanwhile, both versions and the choice. */
export function EditSong({ song, onDone }: { song: Song; onDone: () => void }) {
  const queryClient = useQueryClient()
  const { form, base, dirty, isRestored, restart } = useSongForm(song.id, baseOf(song))
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const save = useSaveSong(song.id)

  useEffect(() => {
    // A newer reading replaces a form that nobody has touched. A touched one finds out when it is saved.
    if (!dirty && song.version > base.version && !save.isPending) restart(baseOf(song))
  })

  function send(from: Base, values: SongValues): void {
    const edit = songEdit(from.read, values)
    if (isEmptyEdit(edit)) {
      restart(from)
      onDone()
      return
    }
    save.mutate(
      { ...edit, version: from.version },
      {
        onSuccess: onDone,
        onError: (error) => {
          if (error instanceof EditConflict) void showConflict(values)
        },
      },
    )
  }

  async function showConflict(mine: SongValues): Promise<void> {
    const now = await readSongAnew(queryClient, song.id)
    if (now) setConflict({ mine, theirs: baseOf(now) })
  }

  if (conflict) {
    return (
      <SongConflict
        read={base.read}
        mine={conflict.mine}
        theirs={conflict.theirs.read}
        onDecide={(values) => {
          setConflict(null)
          restart(conflict.theirs, values)
          send(conflict.theirs, values)
        }}
        onBack={() => setConflict(null)}
      />
    )
  }
  const { error } = save
  return (
    <>
      {isRestored && <RestoredDraft />}
      <SongForm
        form={form}
        onSave={(values) => send(base, values)}
        onDiscard={dirty ? () => restart(baseOf(song)) : undefined}
        saveLabel="Save"
        busy={save.isPending}
      >
        <SaveState isPaused={save.isPaused} error={error instanceof EditConflict ? null : error} />
      </SongForm>
    </>
  )
}
