import { useQueryClient } from '@tanstack/react-query'
import { Suspense, useEffect, useRef, useState } from 'react'
import { Button } from '../../../components/Button.tsx'
import { ButtonLink } from '../../../components/ButtonLink.tsx'
import { PartOnItsWay } from '../../../components/PartOnItsWay.tsx'
import { lazy } from '../../../lib/lazy.ts'
import { TagChips } from '../../tags/index.ts'
import { useMayEdit } from '../queries/useMayEdit.ts'
import { useTagEdits } from '../queries/useTagEdits.ts'
import type { Song } from '../services/songService.ts'
import styles from './SongTags.module.css'

// Most people only read; whoever may edit gets it beforehand, so that it is there without a connection, too.
const QuickTagging = lazy(() => import('./QuickTagging.tsx').then((module) => module.QuickTagging))

/** A song's tags, and for those who may edit it the way to change them in place. */
export function SongTags({ song }: { song: Song }) {
  const queryClient = useQueryClient()
  const may = useMayEdit(song)
  const { pending, failed } = useTagEdits(song.id)
  const [editing, setEditing] = useState(false)
  const editButton = useRef<HTMLButtonElement>(null)
  const comesBack = useRef(false)

  useEffect(() => {
    if (!may) return
    // When it fails, pressing the button says so.
    void Promise.all([QuickTagging.preload(), import('../queries/warmTags.ts')])
      .then(([, { warmTags }]) => warmTags(queryClient))
      .catch(() => undefined)
  }, [may, queryClient])

  useEffect(() => {
    // The button that was pressed is gone, and with it the place of whoever uses the keyboard.
    if (!comesBack.current || !editButton.current) return
    comesBack.current = false
    if (document.activeElement === document.body) editButton.current.focus()
  })

  function done(): void {
    comesBack.current = true
    setEditing(false)
  }

  const chips =
    song.tags.length > 0 ? <TagChips tags={song.tags} /> : <p className={styles.none}>No tags yet</p>
  // What is not saved yet, or could not be, stays in sight.
  if (may && (editing || pending.length > 0 || failed.length > 0)) {
    return (
      <Suspense
        fallback={
          <>
            {chips}
            <PartOnItsWay />
          </>
        }
      >
        <QuickTagging song={song} takesFocus={editing} onDone={done} />
      </Suspense>
    )
  }
  return (
    <div className={styles.tags}>
      {chips}
      {may && (
        <div className={styles.actions}>
          <Button ref={editButton} onClick={() => setEditing(true)}>
            Edit tags
          </Button>
          <ButtonLink to={`/songs/${song.id}/edit`}>Edit song</ButtonLink>
        </div>
      )}
    </div>
  )
}
