import { useEffect, useMemo, useRef, useState } from 'react'
import { Button } from '../../../components/Button.tsx'
import { type ChosenTag, TagInput, tagKey } from '../../tags/index.ts'
import { useTagEdits } from '../queries/useTagEdits.ts'
import { useTagSong } from '../queries/useTagSong.ts'
import type { Song } from '../services/songService.ts'
import { withTagEdits } from '../withTagEdits.ts'
import { FailedTagEdit } from './FailedTagEdit.tsx'
import styles from './QuickTagging.module.css'
import { useSteadyOrder } from './useSteadyOrder.ts'

type Props = {
  song: Song
  /** Somebody has just asked for the field. */
  takesFocus: boolean
  onDone: () => void
}

/** A song's tags as a field: each change is saved at once, or waits quietly for a connection. */
export function QuickTagging({ song, takesFocus, onDone }: Props) {
  const tag = useTagSong(song.id)
  const edits = useTagEdits(song.id)
  const [text, setText] = useState('')
  const edited = useMemo(() => withTagEdits(song.tags, edits.pending), [song.tags, edits.pending])
  const { pending } = edited
  const tags = useSteadyOrder(edited.tags)
  const input = useRef<HTMLInputElement>(null)

  useEffect(() => {
    if (takesFocus) input.current?.focus()
  }, [takesFocus])

  function change(next: readonly ChosenTag[]): void {
    const without = (some: readonly ChosenTag[], others: readonly ChosenTag[]) =>
      some.filter((one) => !others.some((other) => tagKey(other) === tagKey(one)))
    const added = without(next, tags)
    if (added.length > 0) tag.mutate({ kind: 'add', tags: added, version: song.version })
    for (const gone of without(tags, next)) remove(gone)
  }

  function remove(gone: ChosenTag): void {
    const isGone = (one: ChosenTag) => tagKey(one) === tagKey(gone)
    const waiting = edits.takeBack(({ kind, tags: some }) => kind === 'add' && some.some(isGone))
    if (waiting) {
      const others = waiting.tags.filter((one) => !isGone(one))
      if (others.length > 0) tag.mutate({ ...waiting, tags: others })
      return
    }
    tag.mutate({ kind: 'remove', tags: [gone], version: song.version })
  }

  return (
    <div className={styles.tagging}>
      <TagInput
        label="Tags"
        value={tags}
        onChange={change}
        text={text}
        onTextChange={setText}
        inputRef={input}
        pending={pending}
      />
      <p className={styles.waiting} role="status">
        {edits.waiting &&
          'Not saved yet: waiting for a connection. It is sent as soon as there is one and the songbook is open.'}
      </p>
      <div role="alert">
        {edits.failed.map(({ edit, error, submittedAt }) => (
          <FailedTagEdit
            key={submittedAt}
            song={song}
            edit={edit}
            error={error}
            onAgain={() => {
              edits.forget(edit)
              tag.mutate({ ...edit, version: song.version })
            }}
            onLeave={() => edits.forget(edit)}
          />
        ))}
      </div>
      <div>
        <Button onClick={onDone}>Done</Button>
      </div>
    </div>
  )
}
