import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { songQuery } from '../queries/song.ts'
import type { SongBase } from '../queries/songDraft.ts'
import { useLastSave } from '../queries/useLastSave.ts'
import { type SongSave, useSaveSong } from '../queries/useSaveSong.ts'
import { EditConflict } from '../services/EditConflict.ts'
import type { EditedSong } from '../services/editSong.ts'
import type { Song } from '../services/songService.ts'
import { isEmptyEdit, type SongValues, songEdit, valuesOf } from '../songEdit.ts'
import { withIds } from '../typedSince.ts'
import { RestoredDraft } from './RestoredDraft.tsx'
import { SavedMeanwhile } from './SavedMeanwhile.tsx'
import { SaveState } from './SaveState.tsx'
import { SongConflict } from './SongConflict.tsx'
import { SongForm } from './SongForm.tsx'
import { useSongForm } from './useSongForm.ts'

type Conflict = { mine: SongValues; theirs: SongBase }

const baseOf = (song: Song): SongBase => ({ version: song.version, read: valuesOf(song) })

/** The form of a song; when somebody else has saved it meanwhile, both versions and the choice. */
export function EditSong({ song, onDone }: { song: Song; onDone: () => void }) {
  const queryClient = useQueryClient()
  const { form, base, dirty, isRestored, restart, takeUp } = useSongForm(song.id, baseOf(song))
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const [goesOn, setGoesOn] = useState(false)
  const { mutate } = useSaveSong(song.id)
  const save = useLastSave<EditedSong, SongSave>(song.id, ({ status, error }) => {
    if (status === 'error') {
      if (dirty && error instanceof EditConflict) showConflict()
    } else if (takeUp()) setGoesOn(true)
    else onDone()
  })
  const busy = save?.status === 'pending'

  useEffect(() => {
    // A newer reading replaces a form that nobody has touched. A touched one finds out when it is saved.
    if (!dirty && song.version > base.version && !busy) restart(baseOf(song))
  })

  function send(from: SongBase, values: SongValues): void {
    if (isEmptyEdit(songEdit(from.read, values))) {
      restart(from)
      onDone()
      return
    }
    setGoesOn(false)
    mutate({ base: from, values })
  }

  function showConflict(): void {
    const now = queryClient.getQueryData(songQuery(song.id).queryKey)
    if (!now) return
    const mine = form.getValues()
    setConflict({ mine: { ...mine, tags: withIds(mine.tags, now.tags) }, theirs: baseOf(now) })
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
  const error = dirty ? save?.error : null
  return (
    <>
      {isRestored && <RestoredDraft />}
      {goesOn && <SavedMeanwhile />}
      <SongForm
        form={form}
        onSave={(values) => send(base, values)}
        onDiscard={dirty ? () => restart(baseOf(song)) : undefined}
        saveLabel="Save"
        busy={busy}
      >
        <SaveState isPaused={save?.isPaused ?? false} error={error instanceof EditConflict ? null : error} />
      </SongForm>
    </>
  )
}
