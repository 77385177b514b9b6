import { zodResolver } from '@hookform/resolvers/zod'
import { useLayoutEffect, useRef, useState } from 'react'
import { useForm } from 'react-hook-form'
import { useLeaveGuard } from '../../../lib/useLeaveGuard.ts'
import { type SongBase, useSongDraft } from '../queries/songDraft.ts'
import { isEmptyEdit, type SongValues, songEdit } from '../songEdit.ts'
import { type SongFormValues, songFormSchema } from '../songFormSchema.ts'

/**
 * A song's form that loses nothing: it keeps a draft when another page of the app opens, and asks before the tab closes.
 * @param id null for a new song @param begin the song as it was read; that of a kept draft wins
 */
export function useSongForm(id: string | null, begin: SongBase) {
  const drafts = useSongDraft(id)
  const [draft, setDraft] = useState(drafts.read)
  const [base, setBase] = useState<SongBase>(draft ?? begin)
  // The form tells of its values before the next render.
  const current = useRef(base)
  const [dirty, setDirty] = useState(draft !== undefined)
  const form = useForm<SongFormValues>({
    resolver: zodResolver(songFormSchema),
    defaultValues: draft?.values ?? formValues(base.read),
  })
  const { subscribe } = form

  function changed(values: SongFormValues): void {
    const differs = values.tagText.trim() !== '' || !isEmptyEdit(songEdit(current.current.read, values))
    setDirty(differs)
    if (differs) drafts.keep({ ...current.current, values })
    else drafts.drop()
  }

  // A layout effect: with any other the form is there to be typed into for a moment in which nobody notices.
  useLayoutEffect(() => subscribe({ formState: { values: true }, callback: ({ values }) => changed(values) }))
  useLeaveGuard(dirty)

  function goOnFrom(from: SongBase): void {
    current.current = from
    setBase(from)
    setDraft(undefined)
  }

  return {
    form,
    base,
    dirty,
    /** The form began with what somebody had typed before and not saved. */
    isRestored: draft !== undefined,
    /** Goes on from another reading of the song; with its values when none are given. */
    restart(from: SongBase, values: SongValues = from.read): void {
      goOnFrom(from)
      setDirty(values !== from.read)
      drafts.drop()
      form.reset(formValues(values))
    },
    /** After a save: goes on with what was typed since it was sent. @returns false when nothing was */
    takeUp(): boolean {
      const left = drafts.read()
      if (!left) return false
      goOnFrom(left)
      const { title, artist, lyrics, tags } = left.values
      const now = form.getValues()
      // One by one: a reset would take the text away under whoever is typing.
      if (title !== now.title) form.setValue('title', title)
      if (artist !== now.artist) form.setValue('artist', artist)
      if (lyrics !== now.lyrics) form.setValue('lyrics', lyrics)
      form.setValue('tags', tags)
      return true
    },
  }
}

function formValues(values: SongValues): SongFormValues {
  return { ...values, tags: [...values.tags], tagText: '' }
}
