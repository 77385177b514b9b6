import { zodResolver } from '@hookform/resolvers/zod'
import { useEffect, useState } from 'react'
import { useForm } from 'react-hook-form'
import { type SongDraft, useSongDraft } from '../queries/songDraft.ts'
import { isEmptyEdit, type SongValues, songEdit } from '../songEdit.ts'
import { type SongFormValues, songFormSchema } from '../songFormSchema.ts'
import { useLeaveGuard } from './useLeaveGuard.ts'

/** The song as it was read: what the form is compared with. */
type Base = Pick<SongDraft, 'version' | 'read'>

/**
 * A song's form that loses nothing: it keeps a draft when another page of the app opens, and asks before the tab closes.
 * @param id null for a new song @param begin the song as it was read; that of a kept draft wins
 */
export function useSongForm(id: string | null, begin: Base) {
  const drafts = useSongDraft(id)
  const [draft, setDraft] = useState(drafts.read)
  const [base, setBase] = useState<Base>(draft ?? begin)
  const [dirty, setDirty] = useState(draft !== undefined)
  const form = useForm<SongFormValues>({
    resolver: zodResolver(songFormSchema),
    defaultValues: draft?.values ?? formValues(base.read),
  })
  const { subscribe } = form

  function changed(values: SongFormValues): void {
    const differs = values.tagText.trim() !== '' || !isEmptyEdit(songEdit(base.read, values))
    setDirty(differs)
    if (differs) drafts.keep({ ...base, values })
    else drafts.drop()
  }

  useEffect(() => subscribe({ formState: { values: true }, callback: ({ values }) => changed(values) }))
  useLeaveGuard(dirty)

  return {
    form,
    base,
    dirty,
    /** The form began with what somebody had typed before and not saved. */
    isRestored: draft !== undefined,
    /** Goes on from another reading of the song; with its values when none are given. */
    restart(from: Base, values: SongValues = from.read): void {
      setBase(from)
      setDraft(undefined)
      setDirty(values !== from.read)
      drafts.drop()
      form.reset(formValues(values))
    },
  }
}

function formValues(values: SongValues): SongFormValues {
  return { ...values, tags: [...values.tags], tagText: '' }
}
